using System.CommandLine;

namespace GitOps.Triggers.Cli.Commands;

internal static class StatusCommand
{
    public static Command Create(CommandScope scope)
    {
        var trigger = TriggerArgument.Optional();
        var waiting = new WaitOptions("Wait until what was pushed is done; exit code 1 when it was rejected or is held");
        var commit = new Option<string?>("--commit") { HelpName = "SHA", Description = "With --wait: until this commit was looked at; of one environment with -e" };
        var command = scope.OnlineForTriggers(new Command("status", "What runs where, when it runs next, and what needs you") { trigger, waiting.Wait, commit, waiting.Timeout, scope.Options.Output });
        command.Validators.Add(result =>
        {
            if (result.GetValue(commit) is not null && !result.GetValue(waiting.Wait))
                result.AddError("--commit says what --wait waits for: add --wait.");
        });
        command.SetAction(async (parse, ct) =>
        {
            using var engine = scope.Connect(parse);
            var filter = scope.Filter(parse, parse.GetValue(trigger));
            var sha = parse.GetValue(commit)?.ToLowerInvariant();
            var (report, isWell) = parse.GetValue(waiting.Wait)
                ? await new StatusWait(scope.Shell, engine, filter).UntilAsync(now => PassWait.Answer(now, sha), sha, waiting.Limit(parse), ct)
                : (await StatusReport.ReadAsync(engine, filter, ct), true);
            if (report.IsEmpty && filter != new TriggerFilter(null, null, null))
                throw CliException.Usage("There is nothing by these names.", "See 'gitops-triggers status' for what there is.");
            StatusText.Show(scope, parse, report);
            return isWell ? ExitCode.Fine : ExitCode.Findings;
        });
        return command;
    }
}
