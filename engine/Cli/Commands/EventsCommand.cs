using System.CommandLine;
using GitOps.Triggers.Web;
using Spectre.Console;

namespace GitOps.Triggers.Cli.Commands;

internal static class EventsCommand
{
    public static Command Create(CommandScope scope)
    {
        var trigger = TriggerArgument.Optional();
        var limit = TriggerArgument.Limit(20);
        var command = scope.OnlineForTriggers(new Command("events", "What happened, newest first: work that came due, passes, builds, deployments, runs") { trigger, limit, scope.Options.Output });
        command.SetAction(async (parse, ct) =>
        {
            using var engine = scope.Connect(parse);
            var events = await engine.EventsAsync(scope.Filter(parse, parse.GetValue(trigger)), parse.GetValue(limit), ct);
            scope.Output(parse).Write(events, rows => Table(rows, scope.Shell.Now));
            return ExitCode.Fine;
        });
        return command;
    }

    private static Table Table(IReadOnlyList<EventView> events, DateTimeOffset now)
    {
        var table = Cells.Table("WHEN", "KIND", "REPOSITORY", "TRIGGER", "ENVIRONMENT", "WHAT");
        foreach (var row in events)
        {
            table.AddRow(
                Cells.Plain(TimeText.Both(row.At, now, TimeZoneInfo.Local)),
                Cells.Plain(row.Kind),
                Cells.Plain(row.Repository),
                Cells.Plain(row.Trigger),
                Cells.Plain(row.Environment),
                Cells.Plain(row.Text));
        }
        return table;
    }
}
