using GitOps.Triggers.Domain;
using GitOps.Triggers.Web;
using Spectre.Console;

namespace GitOps.Triggers.Cli;

internal static class RunTable
{
    public static Table Of(IReadOnlyList<RunView> runs, DateTimeOffset now)
    {
        var table = Cells.Table("RUN", "REPOSITORY", "TRIGGER", "ENVIRONMENT", "DUE", "STATE", "LATE", "TOOK", "EXIT", "REASON");
        foreach (var run in runs)
        {
            table.AddRow(
                Cells.Plain(run.Id),
                Cells.Plain(run.Repository),
                Cells.Plain(run.Trigger),
                Cells.Plain(run.Environment),
                Cells.Plain(Due(run, now)),
                Cells.Of(run.State),
                Cells.Plain(Late(run)),
                Cells.Plain(Took(run, now)),
                Cells.Plain(run.ExitCode is { } code ? FormattableString.Invariant($"{code}") : null),
                Cells.Begin(Why(run)));
        }
        return table;
    }

    /// <summary><c>succeeded 3 min ago</c>.</summary>
    public static string Last(RunView run, DateTimeOffset now) => run.State switch
    {
        RunState.Running when run.StartedAt is { } started => $"running for {TimeText.Length(now - started)}",
        RunState.Pending or RunState.Running => Words.Of(run.State),
        _ => $"{Words.Of(run.State)} {TimeText.Relative(run.FinishedAt ?? run.ScheduledFor, now)}",
    };

    public static string Took(RunView run, DateTimeOffset now) =>
        run.StartedAt is { } started ? TimeText.Length((run.FinishedAt ?? now) - started) : Cells.Nothing;

    /// <summary>The sentence where there is one, else Kubernetes' word; nothing for what went well.</summary>
    public static string? Why(RunView run) => run.State == RunState.Succeeded ? null : run.Message ?? run.Reason;

    private static string Due(RunView run, DateTimeOffset now) =>
        TimeText.Both(run.ScheduledFor, now, TimeZoneInfo.Local) + (run.Origin == RunOrigin.OnDemand ? ", on demand" : "");

    // Under a second is the clock's own grain.
    private static string Late(RunView run) =>
        run.Origin == RunOrigin.Schedule && run.StartedAt - run.ScheduledFor is { TotalSeconds: >= 1 } late ? TimeText.Length(late) : Cells.Nothing;
}
