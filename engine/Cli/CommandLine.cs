using System.CommandLine;
using System.CommandLine.Help;
using GitOps.Triggers.Cli.Commands;

namespace GitOps.Triggers.Cli;

/// <summary>The program's commands, and how every one of them ends.</summary>
internal static class CommandLine
{
    /// <summary>By the convention of shells: 128 and the number of SIGINT.</summary>
    private const int Interrupted = 130;

    private static readonly TimeSpan TimeToEnd = TimeSpan.FromSeconds(5);

    /// <param name="args">As typed.</param>
    /// <param name="serve">Runs the engine with this configuration file until it is told to end. It handles signals itself.</param>
    /// <returns>An <see cref="ExitCode"/>.</returns>
    public static Task<int> RunAsync(IReadOnlyList<string> args, Func<string, CancellationToken, Task<int>> serve) =>
        RunAsync(args, serve, Shell.OfProcess(), CancellationToken.None);

    public static async Task<int> RunAsync(IReadOnlyList<string> args, Func<string, CancellationToken, Task<int>> serve, Shell shell, CancellationToken ct)
    {
        var parse = Create(serve, shell).Parse(args.Count == 0 ? ["--help"] : args);
        if (parse.Errors.Count > 0 || UsageProblem.StrayOption(parse) is not null)
            return UsageProblem.Show(parse, shell.Terminal);
        try
        {
            return await parse.InvokeAsync(Invocation(parse, shell), ct);
        }
        catch (CliException ended)
        {
            shell.Terminal.Problem(ended.Message, ended.Fix);
            return ended.ExitCode;
        }
        catch (OperationCanceledException)
        {
            return Interrupted;
        }
        catch (Exception unforeseen) when (!shell.Debug)
        {
            var known = unforeseen is IOException or UnauthorizedAccessException;
            shell.Terminal.Problem(
                known ? unforeseen.Message : $"{unforeseen.GetType().Name}: {unforeseen.Message}",
                known ? "" : "This is a defect of gitops-triggers. GITOPS_TRIGGERS_DEBUG=1 shows where it happened.");
            return ExitCode.Environment;
        }
    }

    public static RootCommand Create(Func<string, CancellationToken, Task<int>> serve, Shell shell)
    {
        var scope = new CommandScope(shell);
        var root = new RootCommand("Runs the triggers of Git repositories: a Dockerfile and a trigger.yaml become a scheduled job.")
        {
            HelpName = "gitops-triggers",
        };
        // Folded for a person only; and only where the shell says that there is one.
        if (!shell.Terminal.ShowsData && root.Options.OfType<HelpOption>().Single().Action is HelpAction help)
            help.MaxWidth = int.MaxValue;
        foreach (var command in Commands(scope, serve))
            root.Add(command);
        return root;
    }

    private static IEnumerable<Command> Commands(CommandScope scope, Func<string, CancellationToken, Task<int>> serve) =>
    [
        ServeCommand.Create(scope, serve),
        ConnectCommand.Create(scope),
        DisconnectCommand.Create(scope),
        InitCommand.Create(scope),
        LintCommand.Create(scope),
        RenderCommand.Create(scope),
        DiffCommand.Create(scope),
        NextCommand.Create(scope),
        StatusCommand.Create(scope),
        SyncCommand.Create(scope),
        ReleasesCommand.Create(scope),
        BuildsCommand.Create(scope),
        RunCommand.Create(scope),
        RunsCommand.Create(scope),
        LogsCommand.Create(scope),
        ExplainCommand.Create(scope),
        EventsCommand.Create(scope),
        DeliveriesCommand.Create(scope),
        PauseCommand.Create(scope),
        ResumeCommand.Create(scope),
        DoctorCommand.Create(scope),
        CompletionCommand.Create(scope),
        NotifyCommand.Create(scope),
    ];

    private static InvocationConfiguration Invocation(ParseResult parse, Shell shell) => new()
    {
        Output = shell.Terminal.Out,
        Error = shell.Terminal.Notes.Profile.Out.Writer,
        EnableDefaultExceptionHandler = false,
        ProcessTerminationTimeout = parse.CommandResult.Command.Name == ServeCommand.Name ? null : TimeToEnd,
    };
}
