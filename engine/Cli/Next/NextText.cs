using GitOps.Triggers.Domain;
using Spectre.Console;

namespace GitOps.Triggers.Cli;

internal static class NextText
{
    public static void Show(IReadOnlyList<NextView> views, IAnsiConsole console, DateTimeOffset now)
    {
        foreach (var (i, view) in views.Index())
        {
            if (i > 0)
                console.WriteLine();
            var what = view.Trigger is null ? "" : $"{view.Trigger} in {view.Environment}: ";
            console.MarkupLineInterpolated($"[bold]{what}[/]{Shown.Text(view.InWords)}{(view.Schedule is null ? "" : $"  ({view.Schedule})")}");
            if (view.Stopped is not null)
                console.MarkupLineInterpolated($"[yellow]It does not run now: {Shown.Text(view.Stopped)}. It would at:[/]");
            if (view.Times.Count > 0)
                console.WriteWhole(Table(view, now));
        }
    }

    private static Table Table(NextView view, DateTimeOffset now)
    {
        var zone = TimeText.Zone(view.TimeZone);
        var isUtc = view.Times.All(time => time.At.Offset == TimeSpan.Zero) && TimeText.Abbreviation(now, zone) == "UTC";
        var table = isUtc ? Cells.Table("WHEN", "UTC") : Cells.Table("WHEN", view.TimeZone!.ToUpperInvariant(), "UTC", "");
        foreach (var time in view.Times)
        {
            var utc = Cells.Plain(TimeText.Full(time.At, TimeZoneInfo.Utc));
            if (isUtc)
                table.AddRow(Cells.Plain(TimeText.Relative(time.At, now)), utc);
            else
                table.AddRow(Cells.Plain(TimeText.Relative(time.At, now)), Cells.Plain(TimeText.Full(time.At, zone)), utc, new Text(time.Note ?? "", new Style(Color.Yellow)));
        }
        return table;
    }
}
