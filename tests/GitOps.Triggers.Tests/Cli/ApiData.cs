using GitOps.Triggers.Domain;
using GitOps.Triggers.Web;

namespace GitOps.Triggers.Tests.Cli;

/// <summary>What an engine with one trigger would answer.</summary>
internal static class ApiData
{
    public static readonly DateTimeOffset Now = new(2026, 3, 27, 8, 0, 0, TimeSpan.Zero);
    public static readonly string Image = "sha256:" + new string('a', 64);
    public static readonly string Commit = new('c', 40);

    public static RunView Run(RunState state) => new()
    {
        Id = "nightly-1a2b3c4d-29571840",
        Repository = "jobs",
        Environment = "dev",
        Trigger = "nightly",
        Origin = RunOrigin.Schedule,
        ScheduledFor = Now.AddMinutes(-5),
        State = state,
        StartedAt = Now.AddMinutes(-5).AddSeconds(2),
        FinishedAt = state is RunState.Running or RunState.Pending ? null : Now.AddMinutes(-4),
        Attempt = 1,
        ExitCode = state == RunState.Failed ? 3 : null,
        Message = state == RunState.Failed ? "The program ended with 3." : null,
        Commit = Commit,
        Image = Image,
    };

    public static ReleaseView Release => new()
    {
        Id = 7,
        Repository = "jobs",
        Environment = "dev",
        Trigger = "nightly",
        Commit = Commit,
        Image = Image,
        InputHash = new string('b', 64),
        Kind = DeploymentKind.Built,
        DeployedAt = Now.AddHours(-3),
        Schedule = "30 2 * * *",
        TimeZone = "Europe/Oslo",
        BuildId = 4,
        Pruned = false,
        Rendered = "kind: CronJob\n",
    };

    public static TriggerView Trigger(TriggerState state = TriggerState.Deployed) => new()
    {
        Repository = "jobs",
        Environment = "dev",
        Trigger = "nightly",
        State = state,
        Message = "deployed",
        Findings = [],
        Release = Release,
        Schedule = "30 2 * * *",
        TimeZone = "Europe/Oslo",
        ScheduleInWords = "every day at 02:30 Europe/Oslo",
        Next = Now.AddHours(17).AddMinutes(30),
        Suspended = false,
        LastRun = Run(RunState.Succeeded),
        ActiveRuns = 0,
    };

    public static PassView Pass(PassOutcome? outcome, string commit, bool due = false, DateTimeOffset? finished = null) => new()
    {
        Environment = "dev",
        Branch = "main",
        Commit = commit,
        Outcome = outcome,
        Message = "1 trigger deployed",
        Findings = [],
        Due = due,
        FinishedAt = finished,
    };

    public static RepositoryView Repository(string name, string url, params PassView[] passes) =>
        new() { Id = "git-0123456789abcdef", Name = name, Url = url, Configured = false, Passes = passes };
}
