using System.IO.MemoryMappedFiles;

namespace GitOps.Triggers.Tests.Fuzzing;

/// <summary>The input that is being tried, in a file that outlives the process: nothing can catch an overflow of the stack. Zeros follow it.</summary>
internal sealed class LastInput : IDisposable
{
    private const int Capacity = 1 << 20;

    private readonly MemoryMappedFile file;
    private readonly MemoryMappedViewAccessor view;
    private int length;

    public LastInput(string path)
    {
        file = MemoryMappedFile.CreateFromFile(path, FileMode.Create, mapName: null, Capacity);
        view = file.CreateViewAccessor();
    }

    public void Remember(byte[] input)
    {
        var kept = Math.Min(input.Length, Capacity);
        view.WriteArray(0, input, 0, kept);
        if (kept < length)
            view.WriteArray(kept, new byte[length - kept], 0, length - kept);
        length = kept;
    }

    public void Dispose()
    {
        view.Dispose();
        file.Dispose();
    }
}
