using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Cli;

/// <summary>Writes a job's or a build's log. On a terminal nothing in it can move the cursor, colour what follows or type for its reader.</summary>
internal static class LogWriter
{
    private const int LongestShownLine = 64 << 10;

    public static async Task WriteAsync(IAsyncEnumerable<string> lines, Terminal terminal)
    {
        await foreach (var line in lines)
            terminal.Out.WriteLine(terminal.ShowsData ? Shown.Text(line.Replace("\t", "    ", StringComparison.Ordinal), LongestShownLine) : line);
    }
}
