using Git = LibGit2Sharp;

namespace GitOps.Triggers.Sources;

/// <summary>Blobs as they were committed: no line ending, filter or attribute changes them.</summary>
internal static class BlobContent
{
    public const string NotOne = "the tree calls it a file, but its object holds none";
    public const string NotOneFix = "Commit the folder anew with git.";

    /// <summary>From the object's header: nothing is unpacked.</summary>
    public static long Size(Git.Repository git, Git.ObjectId id) => git.ObjectDatabase.RetrieveObjectMetadata(id).Size;

    /// <returns>None: a tree may say of any object that it is a file, and git fetches it so.</returns>
    public static long? Size(Git.Repository git, Git.TreeEntry entry) =>
        git.ObjectDatabase.RetrieveObjectMetadata(entry.Target.Id) is { Type: Git.ObjectType.Blob } blob ? blob.Size : null;

    /// <summary>All of it, in memory: ask for the size first.</summary>
    public static byte[] Read(Git.TreeEntry entry)
    {
        using var stream = ((Git.Blob)entry.Target).GetContentStream();
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }

    /// <summary>Such a pointer stands in git where a file's content should; building from it would build something else.</summary>
    /// <remarks>It is <a href="https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md">always shorter than 1024 bytes</a>.</remarks>
    public static bool IsLfsPointer(Git.TreeEntry entry, long size) =>
        size <= 1024 && Read(entry).AsSpan().StartsWith("version https://git-lfs"u8);
}
