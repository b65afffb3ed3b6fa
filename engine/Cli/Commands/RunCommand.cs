using System.CommandLine;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Web;

namespace GitOps.Triggers.Cli.Commands;

internal static class RunCommand
{
    public static Command Create(CommandScope scope)
    {
        var trigger = TriggerArgument.Required();
        var args = new Argument<string[]>("args") { Description = "After '--': arguments in place of the manifest's", Arity = ArgumentArity.ZeroOrMore };
        var follow = new Option<bool>("--follow", "-f") { Description = "Show its output and wait for its end; exit code 1 when it fails" };
        var command = scope.OnlineForTriggers(new Command("run", "Run a trigger now, with the image and settings of its environment") { trigger, args, follow, scope.Options.Output });
        command.SetAction(async (parse, ct) =>
        {
            var own = OwnArguments(parse, args);
            using var engine = scope.Connect(parse);
            var request = new RunRequest(parse.GetValue(scope.Options.Repository), parse.GetValue(scope.Options.Environment), parse.GetRequiredValue(trigger), own);
            var run = await engine.StartAsync(request, ct);
            if (!parse.GetValue(follow))
            {
                scope.Output(parse).Write(run, started => RunTable.Of([started], scope.Shell.Now));
                scope.Terminal.Note($"Its output: gitops-triggers logs {run.Id} -f");
                return ExitCode.Fine;
            }
            return await FollowAsync(scope, parse, engine, run, ct);
        });
        return command;
    }

    private static async Task<int> FollowAsync(CommandScope scope, ParseResult parse, EngineClient engine, RunView run, CancellationToken ct)
    {
        scope.Terminal.Note($"{run.Trigger} in {run.Environment}: run {run.Id}");
        var follower = new RunFollower(engine, scope.Shell);
        var ended = await follower.FollowAsync(run.Id, ct);
        follower.NoteEnd(ended);
        var output = scope.Output(parse);
        if (!output.IsForPeople)
            output.Write(ended, view => RunTable.Of([view], scope.Shell.Now));
        return ended.State == RunState.Succeeded ? ExitCode.Fine : ExitCode.Findings;
    }

    /// <summary>Without the dashes, 'run nightly prod' would run nightly with the argument 'prod', wherever it is deployed.</summary>
    private static string[]? OwnArguments(ParseResult parse, Argument<string[]> args)
    {
        if (parse.GetValue(args) is not { Length: > 0 } own)
            return null;
        return UsageProblem.StandsAfterDashes(parse, parse.GetResult(args)!.Tokens[0])
            ? own
            : throw CliException.Usage($"'{Shown.Text(own[0])}' is neither an option nor after '--'.", "An environment is named with -e; the job's own arguments follow '--'.");
    }
}
