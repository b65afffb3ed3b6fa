namespace GitOps.Triggers.Containers;

/// <summary>Taking containers away, whatever state they are in.</summary>
internal sealed partial class ContainerEngine
{
    /// <summary>The ids of the containers with all of these labels (<c>key</c> or <c>key=value</c>), running or not.</summary>
    /// <exception cref="ContainerException">The engine does not answer.</exception>
    public async Task<IReadOnlyList<string>> ListContainersAsync(IReadOnlyList<string> labels, CancellationToken ct)
    {
        string[] arguments = ["ps", "--all", "--no-trunc", "--format", "{{.ID}}", .. labels.SelectMany(label => new[] { "--filter", "label=" + label })];
        var output = await CallAsync(arguments, Patience.Usual, ct).ConfigureAwait(false);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }

    /// <summary>Kills and removes one, by name or id. Nothing happens when there is none.</summary>
    /// <exception cref="ContainerException">The engine does not answer.</exception>
    public async Task RemoveContainerAsync(string container, CancellationToken ct)
    {
        // Without --time podman asks first and waits ten seconds; docker's --force kills at once and does not know the option.
        string[] arguments = IsPodman ? ["rm", "--force", "--ignore", "--time", "0", "--", container] : ["rm", "--force", "--", container];
        var outcome = await AskAsync(arguments, ct).ConfigureAwait(false);
        var gone = outcome.Succeeded || outcome.ErrorLines.Any(line => line.Contains("no such container", StringComparison.OrdinalIgnoreCase));
        if (!gone)
            throw Command.Failure(arguments, outcome);
    }
}
