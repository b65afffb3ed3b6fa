using GitOps.Triggers.Containers;
using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Builds;

/// <summary>Clears up, when the engine starts, what builds left that were under way when it was killed. Their passes build again.</summary>
internal sealed partial class BuildLeftovers(EngineConfiguration configuration, ContainerEngineLocator engines, TimeProvider time, ILogger<BuildLeftovers> logger)
{
    public async Task RemoveAsync(CancellationToken ct)
    {
        var root = WorkFolder.RootOf(configuration.DataFolder);
        // Podman first sees its step killed and clears up; a build that goes on in spite of that is killed itself.
        var processes = NestedProcesses.Using(root, "podman", "docker", "executor");
        foreach (var process in processes.Where(process => NestedProcesses.KillUnder(process) == 0))
            NestedProcesses.Kill(process);
        var containers = await RemoveContainersAsync(ct).ConfigureAwait(false);
        if (containers + processes.Count > 0)
            LogEnded(containers, processes.Count);
        if (WorkFolder.TryDelete(root) is { } left)
            LogLeft(root, left);
    }

    private async Task<int> RemoveContainersAsync(CancellationToken ct)
    {
        if (!configuration.NeedsContainers)
            return 0;
        try
        {
            return await Patience.WithinAsync(Patience.Usual, time, async asked =>
            {
                var engine = await engines.RequireAsync(asked).ConfigureAwait(false);
                var containers = await engine.ListContainersAsync([ContainerOwner.LabelOf(configuration.DataFolder), ContainerKanikoLauncher.BuildLabel], asked).ConfigureAwait(false);
                foreach (var container in containers)
                    await engine.RemoveContainerAsync(container, asked).ConfigureAwait(false);
                return containers.Count;
            }, ct).ConfigureAwait(false);
        }
        catch (ContainerException e)
        {
            LogNoEngine(e.Message);
            return 0;
        }
    }
}
