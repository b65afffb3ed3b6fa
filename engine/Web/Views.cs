using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Web;

/// <summary>Records as the API shows them.</summary>
internal static class Views
{
    public static TriggerView Of(FleetRow row, DateTimeOffset now) => new()
    {
        Repository = row.RepositoryName,
        Environment = row.Key.Environment.Value,
        Trigger = row.Key.Trigger.Value,
        State = row.Status?.State,
        Message = row.Status?.Message ?? "",
        HasRemark = row.Status?.HasRemark ?? false,
        Findings = row.Status?.Findings ?? [],
        Until = row.Status?.Until,
        Release = row.Deployment is { } deployment ? Of(deployment, row.RepositoryName) : null,
        Schedule = row.Deployment?.Schedule,
        TimeZone = row.Deployment?.TimeZone,
        ScheduleInWords = InWords(row.Deployment),
        Next = row.Next(now)?.ToUniversalTime(),
        Suspended = row.Deployment?.Suspended ?? false,
        PausedSince = row.Pause?.Since,
        PauseReason = row.Pause?.Reason,
        LastRun = row.LastRun is { } run ? Of(run, row.RepositoryName) : null,
        LastSuccess = row.LastSuccess,
        ActiveRuns = row.ActiveRuns,
    };

    public static ReleaseView Of(DeploymentRecord row, string repository) => new()
    {
        Id = row.Id,
        Repository = repository,
        Environment = row.Environment.Value,
        Trigger = row.Trigger.Value,
        Commit = row.Commit.Value,
        Image = row.Image.ToString(),
        InputHash = row.Hash.Value,
        Kind = row.Kind,
        DeployedAt = row.DeployedAt,
        Schedule = row.Schedule,
        TimeZone = row.TimeZone,
        BuildId = row.BuildId,
        Pruned = row.Pruned,
        Rendered = row.Rendered.Length == 0 ? null : row.Rendered,
    };

    public static BuildView Of(BuildRecord row, string repository) => new()
    {
        Id = row.Id,
        Repository = repository,
        Environment = row.Environment.Value,
        Trigger = row.Trigger.Value,
        InputHash = row.Hash.Value,
        Commit = row.Commit.Value,
        State = row.State,
        Builder = row.Builder,
        StartedAt = row.State == BuildState.Waiting ? null : row.StartedAt,
        FinishedAt = row.FinishedAt,
        Image = row.Image?.ToString(),
        Reason = row.Reason,
    };

    public static RunView Of(RunRecord row, string repository) => new()
    {
        Id = row.Id.Value,
        Repository = repository,
        Environment = row.Environment.Value,
        Trigger = row.Trigger.Value,
        Origin = row.Origin,
        ScheduledFor = row.ScheduledFor,
        State = row.State,
        StartedAt = row.StartedAt,
        FinishedAt = row.FinishedAt,
        Attempt = row.Attempt,
        ExitCode = row.ExitCode,
        Reason = row.Reason,
        Message = row.Message,
        Node = row.Node,
        Commit = row.Commit.Value,
        Image = row.Image.ToString(),
    };

    public static EventView Of(EventRecord row, string? repository) => new()
    {
        Id = row.Id,
        At = row.At,
        Kind = row.Kind,
        Repository = repository,
        Environment = row.Environment?.Value,
        Trigger = row.Trigger?.Value,
        Text = row.Text,
    };

    public static PassView Of(EnvironmentDefinition environment, PassRecord? pass, bool due) => new()
    {
        Environment = environment.Name.Value,
        Branch = environment.Branch.Value,
        Commit = pass?.Commit?.Value,
        Outcome = pass?.Outcome,
        Message = pass?.Message ?? "not looked at yet",
        Findings = pass?.Findings ?? [],
        FinishedAt = pass?.FinishedAt,
        Due = due,
    };

    private static string InWords(DeploymentRecord? deployment) => deployment switch
    {
        null => "not deployed",
        { Schedule: { } expression, TimeZone: { } zone } when CronSchedule.TryParse(expression, zone, out var schedule, out _) => schedule.Describe(),
        _ => "awaiting schedule",
    };
}
