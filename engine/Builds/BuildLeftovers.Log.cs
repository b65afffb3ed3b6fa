namespace GitOps.Triggers.Builds;

internal sealed partial class BuildLeftovers
{
    [LoggerMessage(1, LogLevel.Warning, "{Containers} containers and {Processes} processes of builds that an earlier engine process left behind were ended")]
    private partial void LogEnded(int containers, int processes);

    [LoggerMessage(2, LogLevel.Warning, "Containers of earlier builds were not looked for: {Problem}")]
    private partial void LogNoEngine(string problem);

    [LoggerMessage(3, LogLevel.Warning, "Not everything in {Folder} could be removed; it takes up room until somebody does: {Problem}")]
    private partial void LogLeft(string folder, string problem);
}
