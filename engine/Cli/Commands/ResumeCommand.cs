using System.CommandLine;

namespace GitOps.Triggers.Cli.Commands;

internal static class ResumeCommand
{
    public static Command Create(CommandScope scope)
    {
        var trigger = TriggerArgument.Required();
        var command = scope.OnlineForTriggers(new Command("resume", "Let a paused trigger run again") { trigger, scope.Options.Output });
        command.SetAction(async (parse, ct) =>
        {
            using var engine = scope.Connect(parse);
            var resumed = await engine.ResumeAsync(scope.Filter(parse, parse.GetRequiredValue(trigger)), ct);
            scope.Output(parse).Write(resumed, (view, console) => PauseText.Resumed(view, console, scope.Shell.Now));
            return ExitCode.Fine;
        });
        return command;
    }
}
