using System.CommandLine;
using GitOps.Triggers.Web;
using Spectre.Console;

namespace GitOps.Triggers.Cli.Commands;

internal static class DeliveriesCommand
{
    public static Command Create(CommandScope scope)
    {
        var limit = TriggerArgument.Limit(20);
        var command = scope.Online(new Command("deliveries", "Which webhook requests came in the last week, newest first, and what was made of them") { limit, scope.Options.Output });
        command.SetAction(async (parse, ct) =>
        {
            using var engine = scope.Connect(parse);
            var deliveries = await engine.DeliveriesAsync(parse.GetValue(limit), ct);
            scope.Output(parse).Write(deliveries, rows => Table(rows, scope.Shell.Now));
            return ExitCode.Fine;
        });
        return command;
    }

    private static Table Table(IReadOnlyList<DeliveryView> deliveries, DateTimeOffset now)
    {
        var table = Cells.Table("WHEN", "EVENT", "REPOSITORY", "OUTCOME", "DELIVERY");
        foreach (var row in deliveries)
        {
            table.AddRow(
                Cells.Plain(TimeText.Both(row.ReceivedAt, now, TimeZoneInfo.Local)),
                Cells.Plain(row.Action is null ? row.Event : $"{row.Event}.{row.Action}"),
                Cells.Plain(row.Repository),
                Cells.Plain(row.Outcome),
                Cells.Plain(row.Guid));
        }
        return table;
    }
}
