using System.ComponentModel;
using System.Text;
using CliWrap;
using GitOps.Triggers.Children;
using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Containers;

/// <summary>
/// Calls one command line tool (podman, docker, Kaniko's executor): always with an argument list, never through a shell. A cancelled call is first
/// asked to end, then killed with all its descendants after <see cref="Grace"/>; it returns only when the process is gone.
/// </summary>
internal sealed class ContainerCommand(string executable, ISecretMask mask, TimeProvider time)
{
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    private const int ErrorLinesKept = 20;

    // ENOENT, on Linux and macOS alike.
    private const int NoSuchFile = 2;

    public string Executable { get; } = executable;

    /// <summary>What its calls are timed by.</summary>
    public TimeProvider Time { get; } = time;

    /// <summary>Added to the engine's own environment; null removes a variable.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    /// <summary>Before the arguments of each call.</summary>
    public IReadOnlyList<string> Options { get; init; } = [];

    public ContainerCommand With(string variable, string? value) => new(Executable, mask, Time)
    {
        Environment = new Dictionary<string, string?>(Environment) { [variable] = value },
        Options = Options,
    };

    public ContainerCommand WithOptions(IReadOnlyList<string> options) => new(Executable, mask, Time) { Environment = Environment, Options = options };

    /// <summary>Runs the call to its end and returns its standard output.</summary>
    /// <exception cref="ContainerException">It could not be started, or its exit code is not 0.</exception>
    public async Task<string> RunAsync(IReadOnlyList<string> arguments, CancellationToken ct)
    {
        var outcome = await TryAsync(arguments, ct).ConfigureAwait(false);
        return outcome.Succeeded ? outcome.Output : throw Failure(arguments, outcome);
    }

    /// <summary>Runs the call to its end, whatever its exit code.</summary>
    /// <exception cref="ContainerException">It could not be started.</exception>
    public async Task<CommandOutcome> TryAsync(IReadOnlyList<string> arguments, CancellationToken ct)
    {
        var output = new StringBuilder();
        var errors = new Queue<string>();
        // Whole, unlike a stream of lines: it is data, and half of it would be another answer.
        var exitCode = await CallAsync(
            arguments, PipeTarget.ToStringBuilder(output, Encoding.UTF8), LinePipe.To(line => Keep(errors, line)), Interrupt, ct).ConfigureAwait(false);
        return new CommandOutcome { ExitCode = exitCode, Output = output.ToString().TrimEnd('\n'), ErrorLines = [.. errors.Select(mask.Apply)] };
    }

    /// <summary>
    /// Runs the call and hands over each line as it comes, unmasked and cut at <see cref="LineSplitter.LongestLine"/>; the two streams may do so at the same
    /// time. Returns the exit code.
    /// </summary>
    /// <exception cref="ContainerException">It could not be started.</exception>
    public Task<int> StreamAsync(IReadOnlyList<string> arguments, Action<string> output, Action<string> error, CancellationToken ct) =>
        StreamAsync(arguments, output, error, Interrupt, ct);

    /// <summary>As above, with another way than SIGINT to ask the call to end.</summary>
    /// <exception cref="ContainerException">It could not be started.</exception>
    public Task<int> StreamAsync(
        IReadOnlyList<string> arguments, Action<string> output, Action<string> error, Func<RunningCommand, Task> stop, CancellationToken ct) =>
        CallAsync(arguments, LinePipe.To(output), LinePipe.To(error), stop, ct);

    /// <summary>The call in words, without its options, which are long and may hold values.</summary>
    public ContainerException Failure(IReadOnlyList<string> arguments, CommandOutcome outcome) =>
        new(string.Join(' ', arguments.TakeWhile(argument => !argument.StartsWith('-')).Take(2).Prepend(Path.GetFileName(Executable))), outcome);

    private async Task<int> CallAsync(
        IReadOnlyList<string> arguments, PipeTarget output, PipeTarget error, Func<RunningCommand, Task> stop, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        using var kill = new CancellationTokenSource(Timeout.InfiniteTimeSpan, Time);
        using var interrupt = new CancellationTokenSource();
        using var ended = new CancellationTokenSource();
        var command = CliWrap.Cli.Wrap(Executable).WithArguments([.. Options, .. arguments]).WithEnvironmentVariables(Environment)
            .WithValidation(CommandResultValidation.None).WithStandardOutputPipe(output).WithStandardErrorPipe(error);
        var process = Start(command, kill.Token, interrupt.Token);
        using var noted = ChildProcesses.Note(process.ProcessId);
        var running = new RunningCommand { ProcessId = process.ProcessId, Ended = ended.Token, Interrupt = interrupt.Cancel };
        var stopping = Task.CompletedTask;
        await using var cancelled = ct.Register(() =>
        {
            kill.CancelAfter(Grace);
            stopping = stop(running);
        }).ConfigureAwait(false);
        try
        {
            var exitCode = await ExitCodeAsync(process).ConfigureAwait(false);
            ct.ThrowIfCancellationRequested();
            return exitCode;
        }
        finally
        {
            await ended.CancelAsync().ConfigureAwait(false);
            await stopping.ConfigureAwait(false);
        }
    }

    private static string WhyNot(Win32Exception failure) => failure.NativeErrorCode == NoSuchFile ? "it is not installed, or not on the PATH" : failure.Message;

    private CommandTask<CommandResult> Start(Command command, CancellationToken kill, CancellationToken interrupt)
    {
        try
        {
            return command.ExecuteAsync(kill, interrupt);
        }
        catch (Win32Exception e)
        {
            throw new ContainerException(ContainerFailureKind.Engine, $"'{Executable}' could not be started: {WhyNot(e.InnerException as Win32Exception ?? e)}.");
        }
    }

    /// <summary>CliWrap throws when it was told to end the process; here the caller's own token says that.</summary>
    private static async Task<int> ExitCodeAsync(CommandTask<CommandResult> process)
    {
        try
        {
            return (await process.ConfigureAwait(false)).ExitCode;
        }
        catch (OperationCanceledException)
        {
            return -1;
        }
    }

    private static Task Interrupt(RunningCommand command)
    {
        command.Interrupt();
        return Task.CompletedTask;
    }

    private static void Keep(Queue<string> errors, string line)
    {
        if (line.Length == 0)
            return;
        errors.Enqueue(line);
        if (errors.Count > ErrorLinesKept)
            errors.Dequeue();
    }
}
