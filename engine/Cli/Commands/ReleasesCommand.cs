using System.CommandLine;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Web;
using Spectre.Console;

namespace GitOps.Triggers.Cli.Commands;

internal static class ReleasesCommand
{
    public static Command Create(CommandScope scope)
    {
        var trigger = TriggerArgument.Optional();
        var limit = TriggerArgument.Limit(20);
        var command = scope.OnlineForTriggers(new Command("releases", "What was deployed, newest first, and where its image came from") { trigger, limit, scope.Options.Output });
        command.SetAction(async (parse, ct) =>
        {
            using var engine = scope.Connect(parse);
            var releases = await engine.ReleasesAsync(scope.Filter(parse, parse.GetValue(trigger)), parse.GetValue(limit), ct);
            scope.Output(parse).Write(releases, rows => Table(rows, scope.Shell.Now));
            return ExitCode.Fine;
        });
        return command;
    }

    private static Table Table(IReadOnlyList<ReleaseView> releases, DateTimeOffset now)
    {
        var table = Cells.Table("RELEASE", "REPOSITORY", "TRIGGER", "ENVIRONMENT", "DEPLOYED", "HOW", "SCHEDULE", "COMMIT", "IMAGE");
        foreach (var row in releases)
        {
            table.AddRow(
                Cells.Plain(FormattableString.Invariant($"{row.Id}")),
                Cells.Plain(row.Repository),
                Cells.Plain(row.Trigger),
                Cells.Plain(row.Environment),
                Cells.Plain(TimeText.Both(row.DeployedAt, now, TimeZoneInfo.Local)),
                row.Pruned ? Cells.Dim("taken down") : Cells.Plain(How(row)),
                Cells.Plain(row.Schedule),
                Cells.Plain(Words.Commit(row.Commit)),
                Cells.Plain(Words.Image(row.Image)));
        }
        return table;
    }

    private static string How(ReleaseView release) => release.Kind switch
    {
        DeploymentKind.Built when release.BuildId is { } build => FormattableString.Invariant($"built (build {build})"),
        DeploymentKind.Settings => "settings only",
        var kind => Words.Of(kind),
    };
}
