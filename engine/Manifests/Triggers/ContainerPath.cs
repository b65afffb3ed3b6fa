using System.Buffers;
using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Manifests;

/// <summary>Paths of files in a container. Few characters are allowed: these paths become arguments of container tools, where : and , have meanings.</summary>
internal static class ContainerPath
{
    private const int Longest = 1024;

    private static readonly SearchValues<char> Allowed = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789/._-+@");
    private static readonly string[] Forbidden = ["/proc", "/sys", "/dev"];

    /// <returns>Why no file can be put there; none when one can.</returns>
    public static string? WhyNot(string path)
    {
        var shown = Shown.Text(path);
        if (!path.StartsWith('/'))
            return $"'{shown}' is not an absolute path.";
        if (path.Length > Longest || path.AsSpan().ContainsAnyExcept(Allowed))
            return $"'{shown}' is not a path that a file can have.";
        if (path.Split('/').Skip(1).Any(part => part is "" or "." or ".."))
            return $"'{shown}' is not written out: it has an empty part, '.' or '..'.";
        var folder = Forbidden.FirstOrDefault(folder => path == folder || path.StartsWith(folder + "/", StringComparison.Ordinal));
        return folder is null ? null : $"'{shown}' lies in {folder}, which belongs to the system.";
    }

    /// <summary>The folders that a path lies in, the nearest first, without the root.</summary>
    public static IEnumerable<string> Parents(string path)
    {
        // Longer paths are refused; a path of slashes only would have thousands of parents.
        if (path.Length > Longest)
            yield break;
        for (var slash = path.LastIndexOf('/'); slash > 0; slash = path.LastIndexOf('/', slash - 1))
            yield return path[..slash];
    }
}
