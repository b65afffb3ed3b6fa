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
        // A push waits for its hook: what else there is need not be made for that.
        var program = args is [PushNotice.Command, ..] ? Create(shell, [NotifyCommand.Create]) : Create(serve, shell);
        var parse = program.Parse(args.Count == 0 ? ["--help"] : args);
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

    public static RootCommand Create(Func<string, CancellationToken, Task<int>> serve, Shell shell) => Create(shell, [
        scope => ServeCommand.Create(scope, serve),
        ConnectCommand.Create,
        DisconnectCommand.Create,
        InitCommand.Create,
        LintCommand.Create,
        RenderCommand.Create,
        DiffCommand.Create,
        NextCommand.Create,
        StatusCommand.Create,
        SyncCommand.Create,
        ReleasesCommand.Create,
        BuildsCommand.Create,
        RunCommand.Create,
        RunsCommand.Create,
        LogsCommand.Create,
        ExplainCommand.Create,
        EventsCommand.Create,
        DeliveriesCommand.Create,
        PauseCommand.Create,
        ResumeCommand.Create,
        DoctorCommand.Create,
        CompletionCommand.Create,
        NotifyCommand.Create,
    ]);

    private static RootCommand Create(Shell shell, IEnumerable<Func<CommandScope, Command>> commands)
    {
        var scope = new CommandScope(shell);
        var root = new RootCommand("Runs the triggers of Git repositories: a Dockerfile and a trigger.yaml become a scheduled job.")
        {
            HelpName = "gitops-triggers",
        };
        // Folded for a person only; and only where the shell says that there is one.
        if (!shell.Terminal.ShowsData && root.Options.OfType<HelpOption>().Single().Action is HelpAction help)
            help.MaxWidth = int.MaxValue;
        foreach (var command in commands)
            root.Add(command(scope));
        return root;
    }

    private static InvocationConfiguration Invocation(ParseResult parse, Shell shell) => new()
    {
        Output = shell.Terminal.Out,
        Error = shell.Terminal.Error,
        EnableDefaultExceptionHandler = false,
        ProcessTerminationTimeout = parse.CommandResult.Command.Name == ServeCommand.Name ? null : TimeToEnd,
    };
}
