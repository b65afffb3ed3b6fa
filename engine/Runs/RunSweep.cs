using GitOps.Triggers.Containers;
using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Runs;

/// <summary>What a crash may leave of runs that are over, between the record of their end and the clean-up: their containers, and copies of secrets in their folders.</summary>
internal sealed partial class RunSweep(JobContainers containers, RunPreparation preparation, EngineConfiguration configuration, ILogger<RunSweep> logger)
{
    /// <summary>Takes it away. Containers are stopped in the background; until the container engine answers nothing can be said of them, and they stay.</summary>
    /// <param name="unfinished">The runs that keep what they have.</param>
    /// <param name="ct">The engine stops.</param>
    /// <returns>Those of them whose container has ended.</returns>
    public async Task<IReadOnlyList<RunId>> RunAsync(IReadOnlyList<RunRecord> unfinished, CancellationToken ct)
    {
        SweepFolders(unfinished);
        if (!configuration.NeedsContainers)
            return [];
        var wanted = unfinished.ToDictionary(run => containers.NameOf(run.Id.Value, run.Attempt), run => run.Id, StringComparer.Ordinal);
        var ended = new List<RunId>();
        try
        {
            foreach (var (name, runs) in await containers.ListAsync(ct))
            {
                if (!wanted.TryGetValue(name, out var run))
                    _ = SweepAsync(name, ct);
                else if (!runs)
                    ended.Add(run);
            }
        }
        catch (ContainerException e)
        {
            NoContainerEngine(logger, e.Message);
        }
        return ended;
    }

    private void SweepFolders(IReadOnlyList<RunRecord> unfinished)
    {
        try
        {
            preparation.ForgetAllBut(unfinished);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            FoldersNotSwept(logger, e.Message);
        }
    }

    private async Task SweepAsync(string name, CancellationToken ct)
    {
        try
        {
            await containers.StopAsync(name, ContainerCommand.Grace, ct);
            await containers.RemoveAsync(name, ct);
            Swept(logger, name);
        }
        catch (Exception e) when (e is ContainerException or OperationCanceledException)
        {
            NotSwept(logger, name, e.Message);
        }
    }
}
