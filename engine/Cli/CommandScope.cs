using System.CommandLine;

namespace GitOps.Triggers.Cli;

/// <summary>What every command is made with: its surroundings, the shared options, and what these options stand for.</summary>
internal sealed class CommandScope(Shell shell)
{
    public Shell Shell => shell;

    public Terminal Terminal => shell.Terminal;

    public CommonOptions Options { get; } = new();

    /// <summary>Gives a command what it needs to talk to the engine.</summary>
    public Command Online(Command command)
    {
        command.Add(Options.Config);
        command.Add(Options.Engine);
        command.Add(Options.TokenFile);
        return command;
    }

    /// <summary>As above, for a command that is about one or several triggers.</summary>
    public Command OnlineForTriggers(Command command)
    {
        command.Add(Options.Environment);
        command.Add(Options.Repository);
        return Online(command);
    }

    /// <exception cref="CliException">Nothing says where the engine is, or its token cannot be read.</exception>
    public EngineClient Connect(ParseResult parse) =>
        new(new EngineLocator(shell).Find(parse.GetValue(Options.Config), parse.GetValue(Options.Engine), parse.GetValue(Options.TokenFile)));

    public Output Output(ParseResult parse) => new(shell.Terminal, parse.GetValue(Options.Output) ?? OutputFormat.Table);

    public TriggerFilter Filter(ParseResult parse, string? trigger) => new(parse.GetValue(Options.Repository), parse.GetValue(Options.Environment), trigger);
}
