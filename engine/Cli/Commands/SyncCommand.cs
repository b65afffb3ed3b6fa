using System.CommandLine;
using GitOps.Triggers.Web;
using Spectre.Console;

namespace GitOps.Triggers.Cli.Commands;

internal static class SyncCommand
{
    public static Command Create(CommandScope scope)
    {
        var repository = new Argument<string?>("repository") { Description = "Only this repository, by its name in 'status'", Arity = ArgumentArity.ZeroOrOne };
        var waiting = new WaitOptions("Wait until that is done; exit code 1 when something was rejected or is held");
        var command = scope.Online(new Command("sync", "Have git looked at now, as after a push, and what failed to build tried once more") { repository, scope.Options.Environment, waiting.Wait, waiting.Timeout, scope.Options.Output });
        command.SetAction(async (parse, ct) =>
        {
            using var engine = scope.Connect(parse);
            var filter = new TriggerFilter(parse.GetValue(repository), parse.GetValue(scope.Options.Environment), null);
            var reply = await engine.SyncAsync(new SyncRequest(filter.Repository, filter.Environment), ct);
            if (!parse.GetValue(waiting.Wait))
            {
                scope.Output(parse).Write(reply, Show);
                return ExitCode.Fine;
            }
            var (report, isWell) = await new StatusWait(scope.Shell, engine, filter).UntilAsync(now => PassWait.AnswerSince(now, reply.At), null, waiting.Limit(parse), ct);
            StatusText.Show(scope, parse, report);
            return isWell ? ExitCode.Fine : ExitCode.Findings;
        });
        return command;
    }

    private static void Show(SyncReply reply, IAnsiConsole console)
    {
        foreach (var repository in reply.Due.GroupBy(key => key.Repository))
            console.WriteLine($"Looking at {repository.Key} for {string.Join(", ", repository.Select(key => key.Environment))}.");
    }
}
