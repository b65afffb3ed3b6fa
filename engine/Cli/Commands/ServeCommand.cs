using System.CommandLine;

namespace GitOps.Triggers.Cli.Commands;

internal static class ServeCommand
{
    public const string Name = "serve";

    public static Command Create(CommandScope scope, Func<string, CancellationToken, Task<int>> serve)
    {
        var command = new Command(Name, "Run the engine") { scope.Options.Config };
        command.SetAction((parse, ct) => serve(new ConfigFile(scope.Shell).Find(parse.GetValue(scope.Options.Config)), ct));
        return command;
    }
}
