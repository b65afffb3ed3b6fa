using System.IO.Enumeration;
using Git = LibGit2Sharp;

namespace GitOps.Triggers.Sources;

/// <summary>A bare mirror on disk. Only a cache: it can be thrown away at any time. Whoever reads it meanwhile sees objects vanish, and tries again.</summary>
internal sealed class MirrorFolder(string path)
{
    private static readonly EnumerationOptions Everything = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None };

    public string Path { get; } = path;

    private string Objects => System.IO.Path.Combine(Path, "objects");

    private string PackFolder => System.IO.Path.Combine(Objects, "pack");

    public int Packs => Directory.EnumerateFiles(PackFolder, "*.pack").Count();

    /// <summary>Makes the mirror when there is none, and clears away what a killed git left in it.</summary>
    /// <returns>Whether it was made.</returns>
    public bool Prepare()
    {
        if (IsRepository())
        {
            RemoveLeftovers();
            return false;
        }
        Discard();
        // What is in a private repository is nobody else's on this machine to read, whoever made the data folder.
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Git.Repository.Init(Path, isBare: true);
        return true;
    }

    /// <summary>What a git that was stopped had fetched. Only for the holder of the mirror's gate.</summary>
    public void RemoveLeftovers()
    {
        foreach (var leftover in Directory.EnumerateFiles(PackFolder, "tmp_*"))
            File.Delete(leftover);
    }

    /// <returns>Whether there were any. Only for the holder of the mirror's gate: nobody else's git can be at work here.</returns>
    public bool RemoveLocks()
    {
        var locks = Directory.EnumerateFiles(Path, "*.lock", Everything).ToList();
        locks.ForEach(File.Delete);
        return locks.Count > 0;
    }

    public void Discard()
    {
        if (Directory.Exists(Path))
            Directory.Delete(Path, recursive: true);
    }

    public long Bytes() => Directory.Exists(Objects)
        ? new FileSystemEnumerable<long>(Objects, (ref FileSystemEntry entry) => entry.IsDirectory ? 0 : entry.Length, Everything).Sum()
        : 0;

    private bool IsRepository()
    {
        try
        {
            return Directory.Exists(PackFolder) && Git.Repository.IsValid(Path);
        }
        catch (Git.LibGit2SharpException)
        {
            return false;
        }
    }
}
