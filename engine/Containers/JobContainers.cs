using System.Globalization;
using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Containers;

/// <summary>
/// The containers of runs. They are started detached and are nobody's children, so they outlive the engine, which finds them again by name:
/// one name for one attempt of one run of one engine.
/// </summary>
internal sealed class JobContainers(ContainerEngineLocator locator, EngineConfiguration configuration, TimeProvider time)
{
    public const string RunLabel = "triggers.gitops/run";
    public const string AttemptLabel = "triggers.gitops/attempt";

    private readonly string owner = ContainerOwner.LabelOf(configuration.DataFolder);

    private string Prefix => $"trigger-{owner[(owner.IndexOf('=') + 1)..]}-";

    /// <exception cref="ContainerException">None answers.</exception>
    public Task<ContainerEngine> EngineAsync(CancellationToken ct) => locator.RequireAsync(ct);

    public string NameOf(string run, int attempt) => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{run}-{attempt}");

    /// <summary>Name and labels: the first arguments of <c>create</c>.</summary>
    public IReadOnlyList<string> Identity(string run, int attempt) =>
    [
        "--name", NameOf(run, attempt), "--label", owner, "--label", $"{RunLabel}={run}", "--label", string.Create(CultureInfo.InvariantCulture, $"{AttemptLabel}={attempt}"),
    ];

    /// <summary>Makes a container and starts nothing. Not cancelled with the engine: whether there is one is then known.</summary>
    /// <param name="arguments">Of <c>create</c>.</param>
    /// <param name="variables">For the values of <c>--env NAME</c>: they go through the client's own environment.</param>
    /// <exception cref="ContainerException">It could not be made.</exception>
    public Task CreateAsync(IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> variables) => AskAsync(
        (engine, ct) => variables.Aggregate(engine.Command, (with, variable) => with.With(variable.Key, variable.Value)).RunAsync(["create", .. arguments], ct),
        CancellationToken.None);

    /// <exception cref="ContainerException">The program could not be started.</exception>
    public Task StartAsync(string name) => AskAsync((engine, ct) => engine.Command.RunAsync(["start", name], ct), CancellationToken.None);

    /// <returns>None when there is no such container.</returns>
    /// <exception cref="ContainerException">The engine does not answer.</exception>
    public Task<JobContainerState?> FindAsync(string name, CancellationToken ct) => AskAsync<JobContainerState?>(async (engine, asked) =>
    {
        string[] arguments = ["container", "inspect", name];
        var outcome = await engine.Command.TryAsync(arguments, asked).ConfigureAwait(false);
        if (outcome.Succeeded)
            return JobContainerState.Parse(outcome.Output);
        return IsGone(outcome) ? null : throw engine.Command.Failure(arguments, outcome);
    }, ct);

    /// <summary>All of this engine's run containers: the names, and whether each one runs.</summary>
    /// <exception cref="ContainerException">The engine does not answer.</exception>
    public async Task<IReadOnlyDictionary<string, bool>> ListAsync(CancellationToken ct)
    {
        string[] arguments = ["ps", "--all", "--format", "{{.Names}} {{.Status}}", "--filter", $"label={owner}", "--filter", $"label={RunLabel}"];
        var output = await AskAsync((engine, asked) => engine.Command.RunAsync(arguments, asked), ct).ConfigureAwait(false);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(line => line.Split(' ', 2))
            .ToDictionary(line => line[0], line => line is [_, var status] && status.StartsWith("Up", StringComparison.Ordinal), StringComparer.Ordinal);
    }

    /// <summary>Hands over the output from its beginning on, line by line and unmasked, and returns when the container has ended.</summary>
    /// <exception cref="ContainerException">The engine does not answer.</exception>
    public async Task FollowAsync(string name, Action<string> line, CancellationToken ct)
    {
        var engine = await EngineAsync(ct).ConfigureAwait(false);
        await engine.Command.StreamAsync(["logs", "--follow", name], line, line, ct).ConfigureAwait(false);
        // The output may end before the program does, and a lost connection to it says nothing.
        await engine.Command.RunAsync(["wait", name], ct).ConfigureAwait(false);
    }

    /// <summary>
    /// When the container engine last began the file of the output anew, dropping what was in it; none when it never did, or does not tell.
    /// It makes the first one before the program starts.
    /// </summary>
    public async Task<DateTimeOffset?> LogTurnedOverAsync(JobContainerState? state, CancellationToken ct) =>
        state is { LogPath: { Length: > 0 } path, StartedAt: { } started } && await FileBirth.OfAsync(path, time, ct).ConfigureAwait(false) is { } begun && begun > started ? begun : null;

    /// <summary>SIGTERM, then SIGKILL after the grace time. Nothing happens to one that has ended or is gone.</summary>
    /// <exception cref="ContainerException">The engine does not answer.</exception>
    public Task StopAsync(string name, TimeSpan grace, CancellationToken ct) => Patience.WithinAsync(grace + Patience.Usual, time, async asked =>
    {
        var engine = await EngineAsync(asked).ConfigureAwait(false);
        string[] arguments = ["stop", "-t", ((int)grace.TotalSeconds).ToString(CultureInfo.InvariantCulture), name];
        var outcome = await engine.Command.TryAsync(arguments, asked).ConfigureAwait(false);
        return outcome.Succeeded || IsGone(outcome) ? outcome : throw engine.Command.Failure(arguments, outcome);
    }, ct);

    /// <exception cref="ContainerException">The engine does not answer.</exception>
    public Task RemoveAsync(string name, CancellationToken ct) => AskAsync(async (engine, asked) =>
    {
        await engine.RemoveContainerAsync(name, asked).ConfigureAwait(false);
        return name;
    }, ct);

    private static bool IsGone(CommandOutcome outcome) => outcome.ErrorLines.Any(line => line.Contains("no such container", StringComparison.OrdinalIgnoreCase));

    private Task<T> AskAsync<T>(Func<ContainerEngine, CancellationToken, Task<T>> call, CancellationToken ct) => Patience.WithinAsync(
        Patience.Usual, time, async asked => await call(await EngineAsync(asked).ConfigureAwait(false), asked).ConfigureAwait(false), ct);
}
