using GitOps.Triggers.Domain;
using GitOps.Triggers.Storage;

namespace GitOps.Triggers.Pipeline;

/// <summary>Keeps deployments and builds, and with the builds their logs and images, in bounds.</summary>
internal sealed class Trimming(DeploymentStore deployments, BuildStore builds, StatusStore statuses, BuildRemoval removal, Limits limits, TimeProvider time)
{
    public async Task TrimAsync(CancellationToken ct)
    {
        foreach (var repository in await builds.RepositoriesAsync(ct))
            await TrimAsync(repository, time.GetUtcNow(), ct);
    }

    private async Task TrimAsync(RepositoryId repository, DateTimeOffset now, CancellationToken ct)
    {
        // Builds first: a deployment that is made meanwhile is then among those that keep its build.
        var built = await builds.OfAsync(repository, ct);
        var deployed = await deployments.HistoryAsync(repository, ct);
        var surplus = Surplus.Deployments(deployed, limits, now);
        await deployments.RemoveAsync([.. surplus.Select(row => row.Id)], ct);
        var declared = (await statuses.StatusesAsync(repository, ct)).Select(status => status.Trigger).ToHashSet();
        foreach (var build in Surplus.Builds(built, [.. deployed.Except(surplus)], declared, limits, now))
            await removal.RemoveAsync(build, ct);
    }
}
