using System.CommandLine;
using GitOps.Triggers.Domain;
using Spectre.Console;

namespace GitOps.Triggers.Cli.Commands;

internal static class LintCommand
{
    public static Command Create(CommandScope scope)
    {
        var paths = new Argument<string[]>("paths") { Description = "Manifests, or folders to look through. Default: here", Arity = ArgumentArity.ZeroOrMore };
        var engineConfig = new Option<string?>("--engine-config")
        {
            HelpName = "FILE",
            Description = "Check the engine's configuration in place of manifests. Default: as for --config",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var command = new Command("lint", "Say everything that is wrong with trigger.yaml files, without an engine; exit code 1 on errors") { paths, engineConfig, scope.Options.Config, scope.Options.Output };
        command.SetAction(async (parse, ct) =>
        {
            var linter = new Linter(scope.Shell);
            var config = new ConfigFile(scope.Shell);
            if (parse.GetResult(engineConfig) is not null)
                linter.Configuration(config.Find(parse.GetValue(engineConfig) ?? parse.GetValue(scope.Options.Config)));
            else
                foreach (var path in parse.GetValue(paths) is { Length: > 0 } given ? given : ["."])
                    await linter.ManifestsAsync(scope.Shell.FullPath(path), config.Environments(parse.GetValue(scope.Options.Config)), ct);
            return Show(scope, parse, linter);
        });
        return command;
    }

    private static int Show(CommandScope scope, ParseResult parse, Linter linter)
    {
        var report = linter.Report;
        scope.Output(parse).Write(report, (view, console) => Show(view, console, linter, scope.Terminal));
        scope.Terminal.Note(report.Findings.Count == 0
            ? $"{Words.Count(report.Files, "file")}, nothing to mend"
            : $"{string.Join(" and ", Counts(report))} in {Words.Count(report.Files, "file")}");
        return report.Errors > 0 ? ExitCode.Findings : ExitCode.Fine;
    }

    private static IEnumerable<string> Counts(LintReport report)
    {
        if (report.Errors > 0)
            yield return Words.Count(report.Errors, "error");
        if (report.Warnings > 0)
            yield return Words.Count(report.Warnings, "warning");
    }

    private static void Show(LintReport report, IAnsiConsole console, Linter linter, Terminal terminal)
    {
        foreach (var finding in report.Findings)
        {
            // In a pipe one line per finding, as compilers print them and editors read them.
            if (!terminal.ShowsData)
            {
                terminal.Out.WriteLine(Shown.Text(finding.ToString(), 4000));
                continue;
            }
            FindingText.Show(finding, console, line: linter.Line(finding));
            console.WriteLine();
        }
    }
}
