namespace GitOps.Triggers.Builds;

/// <summary>A fresh folder for what one build leaves on disk, gone with it. On the data folder's disk: an image may be larger than what <c>/tmp</c> holds.</summary>
internal sealed class WorkFolder : IDisposable
{
    private WorkFolder(string path) => FullName = path;

    public string FullName { get; }

    /// <summary>Where all of them stand.</summary>
    public static string RootOf(string dataFolder) => Path.Combine(Path.GetFullPath(dataFolder), "work", "builds");

    public static WorkFolder Create(string dataFolder)
    {
        var path = Path.Combine(RootOf(dataFolder), Guid.NewGuid().ToString("n"));
        Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return new WorkFolder(path);
    }

    public string File(string name) => Path.Combine(FullName, name);

    public void Dispose() => TryDelete(FullName);

    /// <summary>A step of a Dockerfile can leave files that only another user may delete. They cost room; the build, and the engine's start, are not theirs to fail.</summary>
    /// <returns>Why something is left; none when all is gone.</returns>
    public static string? TryDelete(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
            return null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return failure is DirectoryNotFoundException ? null : failure.Message;
        }
    }
}
