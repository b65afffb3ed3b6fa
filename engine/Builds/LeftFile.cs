namespace GitOps.Triggers.Builds;

/// <summary>A file where a step of a Dockerfile can have put something else.</summary>
internal static class LeftFile
{
    /// <summary>
    /// Whether it is a plain file with something in it. Asked before it is opened: a pipe would have whoever opens it wait for its other end, for ever. .NET tells
    /// pipes, sockets and devices from files by nothing but their length, which is 0; a link is what it leads to.
    /// </summary>
    public static bool HasContent(string path)
    {
        var file = new FileInfo(path);
        return file.Exists && file.LinkTarget is null && file.Length > 0;
    }
}
