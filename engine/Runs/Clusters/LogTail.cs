using System.Text;
using GitOps.Triggers.Containers;

namespace GitOps.Triggers.Runs;

/// <summary>The last lines of a stream, in bounded memory.</summary>
internal sealed class LogTail
{
    private readonly int most;
    private readonly Queue<string> lines = new();
    private long kept;

    /// <param name="most">In characters.</param>
    public LogTail(int most) => this.most = most;

    public IEnumerable<string> Lines => lines;

    /// <summary>Lines before these, that are not kept.</summary>
    public long Dropped { get; private set; }

    public async Task ReadAsync(Stream stream, CancellationToken ct)
    {
        var splitter = new LineSplitter(Add);
        var (bytes, chars, decoder) = (new byte[16 << 10], new char[16 << 10], Encoding.UTF8.GetDecoder());
        while (await stream.ReadAsync(bytes, ct) is var read and > 0)
            splitter.Push(chars.AsSpan(0, decoder.GetChars(bytes, 0, read, chars, 0, flush: false)));
        splitter.Complete();
    }

    private void Add(string line)
    {
        lines.Enqueue(line);
        kept += line.Length + 1;
        while (kept > most && lines.Count > 1)
        {
            kept -= lines.Dequeue().Length + 1;
            Dropped++;
        }
    }
}
