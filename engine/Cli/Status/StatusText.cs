using System.CommandLine;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Web;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace GitOps.Triggers.Cli;

/// <summary>The status as people see it: one row per trigger and environment, and beneath it whatever needs a person.</summary>
internal sealed class StatusText(DateTimeOffset now)
{
    public static void Show(CommandScope scope, ParseResult parse, StatusReport report) =>
        scope.Output(parse).Write(report, (view, console) => new StatusText(scope.Shell.Now).Show(view, console));

    public void Show(StatusReport report, IAnsiConsole console)
    {
        if (report.Repositories.Count == 0 && report.Triggers.Count == 0)
        {
            console.WriteLine("Nothing here yet. Connect a repository: gitops-triggers connect URL");
            return;
        }
        console.WriteWhole(Table(report));
        foreach (var trigger in report.Triggers.Where(NeedsWords))
            Explain($"{trigger.Trigger} in {trigger.Environment}", TriggerWords(trigger), trigger.Findings, console);
        foreach (var (repository, pass) in report.Repositories.SelectMany(repository => repository.Passes.Where(pass => pass.Findings.Count > 0 || IsSilent(report, repository, pass)).Select(pass => (repository, pass))))
            Explain($"{repository.Name} in {pass.Environment}", Sentence(pass.Message), pass.Findings, console);
        foreach (var repository in report.Repositories.Where(repository => repository.Problem is not null))
            Explain(repository.Name, RemoteWords(repository), [], console);
    }

    private Table Table(StatusReport report)
    {
        var table = Cells.Table("REPOSITORY", "TRIGGER", "ENVIRONMENT", "STATE", "SCHEDULE", "NEXT", "LAST RUN", "IMAGE");
        foreach (var trigger in report.Triggers)
            table.AddRow(Row(trigger));
        foreach (var (repository, pass) in report.PassesWithoutTriggers)
        {
            table.AddRow(
                Cells.Plain(repository.Name),
                Cells.Plain(null),
                Cells.Plain(pass.Environment),
                new Text(pass.Outcome is { } outcome ? Words.Of(outcome) : pass.Due ? "due" : Cells.Nothing, Cells.StyleOf(pass.Outcome)),
                Cells.Plain(null),
                Cells.Plain(null),
                Cells.Plain(null),
                Cells.Plain(null));
        }
        return table;
    }

    private IRenderable[] Row(TriggerView trigger) =>
    [
        Cells.Plain(trigger.Repository),
        Cells.Plain(trigger.Trigger),
        Cells.Plain(trigger.Environment),
        State(trigger),
        Cells.Plain(trigger.ScheduleInWords),
        Cells.Plain(trigger.Next is { } next ? TimeText.Both(next, now, TimeText.Zone(trigger.TimeZone)) : null),
        trigger.LastRun is { } run ? new Text(RunTable.Last(run, now), Cells.StyleOf(run.State)) : Cells.Plain(null),
        Cells.Plain(Words.Image(trigger.Release?.Image)),
    ];

    private static IRenderable State(TriggerView trigger)
    {
        var state = trigger.State is { } known ? Words.Of(known) : Cells.Nothing;
        return trigger switch
        {
            { PausedSince: not null } => new Text(state + ", paused", Cells.StyleOf(TriggerState.Held)),
            { HasRemark: true } => new Text(state + ", see below", Cells.StyleOf(TriggerState.Held)),
            { Suspended: true } => new Text(state + ", suspended", Cells.StyleOf(TriggerState.Held)),
            _ => new Text(state, Cells.StyleOf(trigger.State)),
        };
    }

    private static bool NeedsWords(TriggerView trigger) =>
        trigger.PausedSince is not null || trigger.HasRemark || trigger.Findings.Count > 0 || trigger.State is TriggerState.Held or TriggerState.Rejected or TriggerState.Retrying or TriggerState.Suspended;

    private string TriggerWords(TriggerView trigger)
    {
        var words = new List<string>();
        if (trigger.State is not (TriggerState.Deployed or null) || trigger.HasRemark || trigger.Findings.Count > 0)
            words.Add(Sentence(trigger.Message) + (trigger.Until is { } until ? $" Looked at again {TimeText.Both(until, now, TimeZoneInfo.Local)}." : ""));
        if (trigger.PausedSince is { } since)
            words.Add($"Paused {TimeText.Relative(since, now)}" + (trigger.PauseReason is { Length: > 0 } reason ? Sentence($": {reason}") : "."));
        return string.Join(' ', words);
    }

    private string RemoteWords(RepositoryView repository) =>
        $"Cannot be asked for its branches{(repository.ProblemSince is { } since ? $", noticed {TimeText.Relative(since, now)}" : "")}: {Sentence(repository.Problem!)} Until then a push whose webhook is lost stays unseen.";

    private static bool IsSilent(StatusReport report, RepositoryView repository, PassView pass) =>
        report.PassesWithoutTriggers.Contains((repository, pass));

    private static string Sentence(string text) => text.Length > 0 && text[^1] is '.' or '!' or '?' ? text : text + ".";

    private static void Explain(string what, string message, IReadOnlyList<Finding> findings, IAnsiConsole console)
    {
        console.WriteLine();
        // What a finding below says with its place is not said twice.
        var heading = findings.Any(finding => message == Sentence(finding.Message)) ? "" : " " + Shown.Text(message, 1000);
        console.MarkupLineInterpolated($"[bold]{Shown.Text(what)}[/]:{heading}");
        foreach (var finding in findings)
            FindingText.Show(finding, console, indent: "  ");
    }
}
