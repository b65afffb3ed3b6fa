using GitOps.Triggers.Domain;
using GitOps.Triggers.Web;
using Spectre.Console;

namespace GitOps.Triggers.Cli.Commands;

internal static class PauseText
{
    public static void Paused(TriggerView view, IAnsiConsole console)
    {
        var why = view.PauseReason is { Length: > 0 } reason ? $" ({Shown.Text(reason)})" : "";
        console.WriteLine($"{view.Trigger} in {view.Environment} is paused{why}. It stays so through deployments; due times are recorded as suspended.");
        console.WriteLine($"Let it run again: gitops-triggers resume {view.Trigger} -e {view.Environment}");
    }

    public static void Resumed(TriggerView view, IAnsiConsole console, DateTimeOffset now)
    {
        var next = view switch
        {
            { Suspended: true } => "Its trigger.yaml says 'suspend: true', so it still does not run.",
            { Next: { } time } => $"Next run {TimeText.Both(time, now, TimeText.Zone(view.TimeZone))}.",
            _ => $"Schedule: {view.ScheduleInWords}.",
        };
        console.WriteLine($"{view.Trigger} in {view.Environment} is no longer paused. {next}");
    }
}
