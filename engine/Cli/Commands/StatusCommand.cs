using System.CommandLine;
using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Cli.Commands;

internal static class StatusCommand
{
    private static readonly TimeSpan PollEvery = TimeSpan.FromMilliseconds(400);

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    public static Command Create(CommandScope scope)
    {
        var trigger = TriggerArgument.Optional();
        var wait = new Option<bool>("--wait", "-w") { Description = "Wait until what was pushed is done; exit code 1 when it was rejected or is held" };
        var commit = new Option<string?>("--commit") { HelpName = "SHA", Description = "With --wait: until this commit was looked at; of one environment with -e" };
        var timeout = new Option<TimeSpan?>("--timeout")
        {
            HelpName = "DURATION",
            Description = "With --wait: give up after this time, exit code 1. Default: 5m",
            CustomParser = result =>
            {
                if (!Duration.TryParse(result.Tokens[0].Value, out var duration))
                    result.AddError($"'{Shown.Text(result.Tokens[0].Value)}' is not a duration such as 90s or 5m.");
                return duration;
            },
        };
        var command = scope.OnlineForTriggers(new Command("status", "What runs where, when it runs next, and what needs you") { trigger, wait, commit, timeout, scope.Options.Output });
        command.Validators.Add(result =>
        {
            if (result.GetValue(commit) is not null && !result.GetValue(wait))
                result.AddError("--commit says what --wait waits for: add --wait.");
        });
        command.SetAction(async (parse, ct) =>
        {
            using var engine = scope.Connect(parse);
            var filter = scope.Filter(parse, parse.GetValue(trigger));
            if (parse.GetValue(wait))
                return await WaitAsync(scope, parse, engine, filter, parse.GetValue(commit)?.ToLowerInvariant(), parse.GetValue(timeout) ?? Patience, ct);
            var report = await StatusReport.ReadAsync(engine, filter, ct);
            if (report.IsEmpty && filter != new TriggerFilter(null, null, null))
                throw CliException.Usage("There is nothing by these names.", "See 'gitops-triggers status' for what there is.");
            Show(scope, parse, report);
            return ExitCode.Fine;
        });
        return command;
    }

    private static async Task<int> WaitAsync(CommandScope scope, ParseResult parse, EngineClient engine, TriggerFilter filter, string? commit, TimeSpan timeout, CancellationToken ct)
    {
        var deadline = scope.Shell.Now + timeout;
        var (report, isWell) = await Progress.ShowAsync(scope.Terminal, "asking the engine", async say =>
        {
            while (true)
            {
                var now = await StatusReport.ReadAsync(engine, filter, ct);
                if (PassWait.Answer(now, commit) is { } passes)
                    return (now, PassWait.IsWell(now, passes));
                if (scope.Shell.Now >= deadline)
                    throw new CliException(ExitCode.Findings, PassWait.Open(now, commit), "Wait longer with --timeout; see what goes on with 'gitops-triggers status'.");
                say(PassWait.Progress(now, commit));
                await Task.Delay(PollEvery, scope.Shell.Clock, ct);
            }
        });
        Show(scope, parse, report);
        return isWell ? ExitCode.Fine : ExitCode.Findings;
    }

    private static void Show(CommandScope scope, ParseResult parse, StatusReport report) =>
        scope.Output(parse).Write(report, (view, console) => new StatusText(scope.Shell.Now).Show(view, console));
}
