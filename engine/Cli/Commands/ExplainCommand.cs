using System.CommandLine;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Web;
using Spectre.Console;

namespace GitOps.Triggers.Cli.Commands;

internal static class ExplainCommand
{
    public static Command Create(CommandScope scope)
    {
        var trigger = TriggerArgument.Required();
        var at = new Option<string?>("--at") { HelpName = "TIME", Description = "2026-01-31T09:00, in the trigger's time zone unless it names another (…Z, …+01:00); 09:00 is today's. Default: now" };
        var command = scope.OnlineForTriggers(new Command("explain", "Why a trigger ran, did not run, or ran late") { trigger, at, scope.Options.Output });
        command.SetAction(async (parse, ct) =>
        {
            using var engine = scope.Connect(parse);
            var filter = scope.Filter(parse, parse.GetRequiredValue(trigger));
            var time = parse.GetValue(at) is { } text ? await TimeAsync(scope, engine, filter, text, ct) : scope.Shell.Now;
            var explanation = await engine.ExplainAsync(filter, time, ct);
            scope.Output(parse).Write(explanation, (view, console) => Show(view, console));
            return ExitCode.Fine;
        });
        return command;
    }

    private static async Task<DateTimeOffset> TimeAsync(CommandScope scope, EngineClient engine, TriggerFilter filter, string text, CancellationToken ct)
    {
        var zone = TimeText.Zone((await engine.TriggersAsync(filter, ct)).Select(view => view.TimeZone).FirstOrDefault(name => name is not null));
        if (!WrittenTime.TryParse(text, zone, scope.Shell.Now, out var written))
            throw CliException.Usage($"'{Shown.Text(text)}' is not a time.", "Write it as 2026-01-31T09:00, 2026-01-31T08:00Z, or 09:00 for today.");
        if (written.Note is { } note)
            scope.Terminal.Note(note);
        return written.Time;
    }

    private static void Show(ExplanationView view, IAnsiConsole console)
    {
        console.MarkupLineInterpolated($"[bold]{Shown.Text(view.Verdict, 400)}[/]");
        foreach (var sentence in view.Sentences)
            console.WriteLine("  " + Shown.Text(sentence, 1000));
    }
}
