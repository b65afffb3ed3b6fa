namespace GitOps.Triggers.Builds;

internal sealed partial class BuilderChoice
{
    [LoggerMessage(1, LogLevel.Information, "Images are built by {Builder}: {Reason}")]
    private partial void LogChosen(string builder, string reason);
}
