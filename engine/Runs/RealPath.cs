namespace GitOps.Triggers.Runs;

/// <summary>Where a path leads once every link on it is followed.</summary>
internal static class RealPath
{
    private const int MostLinks = 40;

    public static bool IsInside(string folder, string path) =>
        Of(folder) is { } root && Of(path) is { } real && real.StartsWith(root + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    /// <returns>None when links lead in a circle.</returns>
    private static string? Of(string path)
    {
        var rest = new Stack<string>(Parts(Path.GetFullPath(path)).Reverse());
        var real = "/";
        for (var links = 0; rest.TryPop(out var part);)
        {
            var next = Path.Combine(real, part);
            if (new FileInfo(next).LinkTarget is not { } target)
            {
                real = next;
                continue;
            }
            if (++links > MostLinks)
                return null;
            var led = Path.GetFullPath(Path.Combine(real, target));
            foreach (var piece in Parts(led).Reverse())
                rest.Push(piece);
            real = "/";
        }
        return real;
    }

    private static string[] Parts(string path) => path.Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries);
}
