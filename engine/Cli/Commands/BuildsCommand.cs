using System.CommandLine;
using GitOps.Triggers.Web;
using Spectre.Console;

namespace GitOps.Triggers.Cli.Commands;

internal static class BuildsCommand
{
    public static Command Create(CommandScope scope)
    {
        var trigger = TriggerArgument.Optional();
        var limit = TriggerArgument.Limit(20);
        var command = scope.Online(new Command("builds", "What was built, newest first") { trigger, limit, scope.Options.Repository, scope.Options.Output });
        command.SetAction(async (parse, ct) =>
        {
            using var engine = scope.Connect(parse);
            var filter = new TriggerFilter(parse.GetValue(scope.Options.Repository), null, parse.GetValue(trigger));
            var builds = await engine.BuildsAsync(filter, parse.GetValue(limit), ct);
            scope.Output(parse).Write(builds, rows => Table(rows, scope.Shell.Now));
            return ExitCode.Fine;
        });
        return command;
    }

    private static Table Table(IReadOnlyList<BuildView> builds, DateTimeOffset now)
    {
        var table = Cells.Table("BUILD", "REPOSITORY", "TRIGGER", "STATE", "STARTED", "TOOK", "BUILDER", "INPUTS", "COMMIT", "IMAGE", "REASON");
        foreach (var row in builds)
        {
            table.AddRow(
                Cells.Plain(FormattableString.Invariant($"{row.Id}")),
                Cells.Plain(row.Repository),
                Cells.Plain(row.Trigger),
                Cells.Of(row.State),
                Cells.Plain(row.StartedAt is { } started ? TimeText.Both(started, now, TimeZoneInfo.Local) : null),
                Cells.Plain((row.FinishedAt ?? now) - row.StartedAt is { } took ? TimeText.Length(took) : null),
                Cells.Plain(row.Builder),
                Cells.Plain(row.InputHash[..Math.Min(12, row.InputHash.Length)]),
                Cells.Plain(Words.Commit(row.Commit)),
                Cells.Plain(Words.Image(row.Image)),
                Cells.Begin(row.Reason));
        }
        return table;
    }
}
