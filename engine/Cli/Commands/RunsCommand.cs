using System.CommandLine;
using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Cli.Commands;

internal static class RunsCommand
{
    public static Command Create(CommandScope scope)
    {
        var trigger = TriggerArgument.Optional();
        var limit = TriggerArgument.Limit(20);
        var state = new Option<RunState?>("--state")
        {
            HelpName = "STATE",
            Description = "Only runs in this state: " + string.Join(", ", Enum.GetValues<RunState>().Select(Words.Of)),
        };
        var command = scope.OnlineForTriggers(new Command("runs", "Every due time and what became of it, newest first") { trigger, state, limit, scope.Options.Output });
        command.SetAction(async (parse, ct) =>
        {
            using var engine = scope.Connect(parse);
            var wanted = parse.GetValue(state) is { } one ? Words.Of(one) : null;
            var runs = await engine.RunsAsync(scope.Filter(parse, parse.GetValue(trigger)), wanted, parse.GetValue(limit), ct);
            scope.Output(parse).Write(runs, rows => RunTable.Of(rows, scope.Shell.Now));
            return ExitCode.Fine;
        });
        return command;
    }
}
