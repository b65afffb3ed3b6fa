using System.CommandLine;

namespace GitOps.Triggers.Cli.Commands;

/// <summary>Prints what a shell needs to complete this program's words. The script asks the program itself, so it is never out of date.</summary>
internal static class CompletionCommand
{
    private static readonly string[] Shells = ["bash", "zsh", "fish"];

    public static Command Create(CommandScope scope)
    {
        var shell = new Argument<string>("shell") { HelpName = string.Join('|', Shells), Description = "Which shell completes" };
        shell.AcceptOnlyFromAmong(Shells);
        var command = new Command("completion", "Print a script that lets a shell complete commands and options: source <(gitops-triggers completion bash)") { shell };
        command.SetAction(parse =>
        {
            scope.Terminal.Out.Write(Script(parse.GetRequiredValue(shell)));
            return ExitCode.Fine;
        });
        return command;
    }

    private static string Script(string shell)
    {
        using var stream = typeof(CompletionCommand).Assembly.GetManifestResourceStream($"completion/gitops-triggers.{shell}")
            ?? throw new InvalidOperationException($"The program was built without its completion for {shell}.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
