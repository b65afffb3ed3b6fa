using System.Globalization;

namespace GitOps.Triggers.Tests.Support;

/// <summary>What runs on this machine.</summary>
internal static class Processes
{
    /// <summary>Those that have this text among their arguments.</summary>
    public static IReadOnlyList<int> Mentioning(string text) =>
    [
        .. Directory.EnumerateDirectories("/proc")
            .Select(folder => int.TryParse(Path.GetFileName(folder.AsSpan()), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0)
            .Where(id => id > 0 && id != Environment.ProcessId && CommandLine(id).Contains(text, StringComparison.Ordinal)),
    ];

    private static string CommandLine(int id)
    {
        try
        {
            return File.ReadAllText($"/proc/{id}/cmdline");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
