using System.CommandLine;
using System.CommandLine.Parsing;
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
        // Without this, 'run nightly prod' would run nightly with the argument 'prod', wherever it is deployed.
        args.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && !IsAfterDashes(result))
                result.AddError($"'{Shown.Text(result.Tokens[0].Value)}' is neither an option nor after '--'. An environment is named with -e; the job's own arguments follow '--'.");
        });
        command.SetAction(async (parse, ct) =>
        {
            using var engine = scope.Connect(parse);
            var own = parse.GetValue(args) is { Length: > 0 } given ? given : null;
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

    private static bool IsAfterDashes(ArgumentResult result)
    {
        for (SymbolResult? at = result; at is not null; at = at.Parent)
        {
            if (at is CommandResult command && command.Tokens.Any(token => token.Type == TokenType.DoubleDash))
                return true;
        }
        return false;
    }
}
