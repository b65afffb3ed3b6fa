using System.ComponentModel;
using System.Text;
using CliWrap;
using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Containers;

/// <summary>
/// Calls one command line tool (podman, docker, Kaniko's executor): always with an argument list, never through a shell. A cancelled call is first
/// asked to end, then killed with all its descendants after <see cref="Grace"/>; it returns only when the process is gone.
/// </summary>
internal sealed class ContainerCommand(string executable, SecretMask mask, TimeProvider time)
{
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    private const int ErrorLinesKept = 20;
    private const int LongestOutput = 8 << 20;

    public string Executable { get; } = executable;

    /// <summary>Added to the engine's own environment; null removes a variable.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    public ContainerCommand With(string variable, string? value) => new(Executable, mask, time)
    {
        Environment = new Dictionary<string, string?>(Environment) { [variable] = value },
    };

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
        var exitCode = await StreamAsync(arguments, line => Keep(output, line), line => Keep(errors, line), ct).ConfigureAwait(false);
        return new CommandOutcome { ExitCode = exitCode, Output = output.ToString().TrimEnd('\n'), ErrorLines = [.. errors.Select(mask.Apply)] };
    }

    /// <summary>Runs the call and hands over each line as it comes, unmasked; the two streams may do so at the same time. Returns the exit code.</summary>
    /// <exception cref="ContainerException">It could not be started.</exception>
    public Task<int> StreamAsync(IReadOnlyList<string> arguments, Action<string> output, Action<string> error, CancellationToken ct) =>
        StreamAsync(arguments, output, error, Interrupt, ct);

    /// <summary>As above, with another way than SIGINT to ask the call to end.</summary>
    /// <exception cref="ContainerException">It could not be started.</exception>
    public async Task<int> StreamAsync(
        IReadOnlyList<string> arguments, Action<string> output, Action<string> error, Func<RunningCommand, Task> stop, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        using var kill = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        using var interrupt = new CancellationTokenSource();
        using var ended = new CancellationTokenSource();
        var process = Start(arguments, output, error, kill.Token, interrupt.Token);
        var running = new RunningCommand { ProcessId = process.ProcessId, Ended = ended.Token, Interrupt = interrupt.Cancel };
        var stopping = Task.CompletedTask;
        await using var cancelled = ct.Register(() =>
        {
            kill.CancelAfter(Grace);
            stopping = stop(running);
        }).ConfigureAwait(false);
        var exitCode = await ExitCodeAsync(process).ConfigureAwait(false);
        await ended.CancelAsync().ConfigureAwait(false);
        await stopping.ConfigureAwait(false);
        ct.ThrowIfCancellationRequested();
        return exitCode;
    }

    /// <summary>The call in words, without its options, which are long and may hold values.</summary>
    public ContainerException Failure(IReadOnlyList<string> arguments, CommandOutcome outcome) =>
        new(string.Join(' ', arguments.TakeWhile(argument => !argument.StartsWith('-')).Take(2).Prepend(Path.GetFileName(Executable))), outcome);

    private CommandTask<CommandResult> Start(
        IReadOnlyList<string> arguments, Action<string> output, Action<string> error, CancellationToken kill, CancellationToken interrupt)
    {
        try
        {
            return CliWrap.Cli.Wrap(Executable)
                .WithArguments(arguments)
                .WithEnvironmentVariables(Environment)
                .WithValidation(CommandResultValidation.None)
                .WithStandardOutputPipe(LineSplitter.Pipe(output))
                .WithStandardErrorPipe(LineSplitter.Pipe(error))
                .ExecuteAsync(kill, interrupt);
        }
        catch (Win32Exception e)
        {
            throw new ContainerException(ContainerFailureKind.Engine, $"'{Executable}' could not be started ({e.InnerException?.Message ?? e.Message}).");
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

    private static void Keep(StringBuilder output, string line)
    {
        if (output.Length + line.Length < LongestOutput)
            output.Append(line).Append('\n');
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
