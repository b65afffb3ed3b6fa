using System.CommandLine;
using GitOps.Triggers.Web;

namespace GitOps.Triggers.Cli.Commands;

internal static class PauseCommand
{
    public static Command Create(CommandScope scope)
    {
        var trigger = TriggerArgument.Required();
        var reason = new Option<string?>("--reason") { HelpName = "TEXT", Description = "Why, for those who wonder why it does not run" };
        var command = scope.OnlineForTriggers(new Command("pause", "Keep a trigger from running; holds through any number of deployments, until it is resumed") { trigger, reason, scope.Options.Output });
        command.SetAction(async (parse, ct) =>
        {
            using var engine = scope.Connect(parse);
            var request = new PauseRequest(parse.GetValue(scope.Options.Repository), parse.GetValue(scope.Options.Environment), parse.GetRequiredValue(trigger), parse.GetValue(reason));
            var paused = await engine.PauseAsync(request, ct);
            scope.Output(parse).Write(paused, (view, console) => PauseText.Paused(view, console));
            return ExitCode.Fine;
        });
        return command;
    }
}
