using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Containers;

/// <summary>
/// Finds the container engine by trying: the one that <see cref="Variable"/> names (a name or a path), else podman, else docker. Remembers the one
/// that answered; while none did, each call tries again, so that an engine installed or started later is found.
/// </summary>
internal sealed class ContainerEngineLocator(string? preferred, ISecretMask mask, TimeProvider time)
{
    /// <summary>The environment variable whose value is handed to the constructor.</summary>
    public const string Variable = "CONTAINER_ENGINE";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private ContainerEngine? found;

    /// <summary>See <see cref="ContainerEngine.PlainHttpRegistry"/>.</summary>
    public string? PlainHttpRegistry { get; init; }

    /// <summary>For each container of the engine's, where it is podman that answers.</summary>
    public ContainerHooks? Hooks { get; init; }

    public async Task<ContainerEngineSearch> SearchAsync(CancellationToken ct)
    {
        if (found is { } known)
            return new ContainerEngineSearch { Engine = known };
        var problems = new List<string>();
        foreach (var executable in preferred is { Length: > 0 } ? [preferred] : new[] { "podman", "docker" })
        {
            try
            {
                found = await AskAsync(executable, ct).ConfigureAwait(false);
                return new ContainerEngineSearch { Engine = found, Problems = problems };
            }
            catch (ContainerException e)
            {
                problems.Add(e.Problem);
            }
        }
        return new ContainerEngineSearch { Problems = problems };
    }

    /// <exception cref="ContainerException">No engine answers; says what was tried.</exception>
    public async Task<ContainerEngine> RequireAsync(CancellationToken ct)
    {
        var search = await SearchAsync(ct).ConfigureAwait(false);
        return search.Engine ?? throw new ContainerException(
            ContainerFailureKind.Engine, $"No container engine answers; install podman or start docker. {string.Join(' ', search.Problems)}");
    }

    private async Task<ContainerEngine> AskAsync(string executable, CancellationToken ct)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, patience.Token);
        var command = new ContainerCommand(executable, mask, time);
        try
        {
            // Podman goes by the name of docker on many machines: what it says of itself counts.
            var itself = await command.RunAsync(["--version"], either.Token).ConfigureAwait(false);
            var kind = itself.StartsWith("podman", StringComparison.OrdinalIgnoreCase) ? ContainerEngineKind.Podman : ContainerEngineKind.Docker;
            // Docker's client is nothing without its daemon, nor is podman's where it works in a virtual machine.
            string[] question = ["version", "--format", kind == ContainerEngineKind.Podman ? "{{.Client.Version}}" : "{{.Server.Version}}"];
            return await WithHooksAsync(kind, command, question, either.Token).ConfigureAwait(false)
                ?? new ContainerEngine(kind, await command.RunAsync(question, either.Token).ConfigureAwait(false), command) { PlainHttpRegistry = PlainHttpRegistry };
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new ContainerException(ContainerFailureKind.Engine, $"'{executable} version' did not answer within {Duration.Format(Patience)}.");
        }
    }

    /// <returns>None where podman works in a virtual machine: its client takes no hooks.</returns>
    private async Task<ContainerEngine?> WithHooksAsync(ContainerEngineKind kind, ContainerCommand command, string[] question, CancellationToken ct)
    {
        if (Hooks is null || kind != ContainerEngineKind.Podman)
            return null;
        var (all, builds) = (Hooks.OfAll(), Hooks.OfBuilds());
        var answer = await command.TryAsync([.. builds, .. question], ct).ConfigureAwait(false);
        return answer.Succeeded ? new ContainerEngine(kind, answer.Output, command.WithOptions(all)) { PlainHttpRegistry = PlainHttpRegistry, BuildHooks = builds } : null;
    }
}
