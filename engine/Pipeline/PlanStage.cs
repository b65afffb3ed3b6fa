using GitOps.Triggers.Builds;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Planning;
using GitOps.Triggers.Storage;

namespace GitOps.Triggers.Pipeline;

/// <summary>Gathers the facts that a plan is made from. The plan itself is pure.</summary>
internal sealed class PlanStage(DeploymentStore deployments, BuildStore builds, ImageStore images, UpstreamFacts upstream)
{
    public async Task<StageResult<PlannedPass>> PlanAsync(Pass pass, BranchReading reading, CancellationToken ct)
    {
        var hashes = reading.Candidates.Select(candidate => candidate.Inputs.Hash).Distinct().ToList();
        var history = await deployments.HistoryAsync(pass.Key, ct);
        var usable = await UsableAsync(await builds.SucceededAsync(pass.Repository.Id, hashes, ct), history, ct);
        var rejected = await builds.RejectedAsync(pass.Repository.Id, hashes, ct);
        return (await upstream.GatherAsync(pass, reading, hashes, ct)).Select(view => new PlannedPass(reading, Planner.Plan(new PlanningInput
        {
            Environment = pass.Environment,
            Commit = reading.Commit,
            Candidates = reading.Candidates,
            Declared = reading.Declared,
            Complete = reading.Complete,
            History = history,
            Builds = usable,
            Rejected = rejected,
            Upstream = view,
            Now = pass.StartedAt,
        })));
    }

    /// <summary>An image that somebody removed is no image; one that runs here is not asked for again at each pass.</summary>
    private async Task<IReadOnlyList<BuildRecord>> UsableAsync(IReadOnlyList<BuildRecord> succeeded, IReadOnlyList<DeploymentRecord> history, CancellationToken ct)
    {
        var running = history.DistinctBy(row => row.Trigger).Where(row => !row.Pruned).Select(row => row.Image).ToHashSet();
        var usable = new List<BuildRecord>();
        foreach (var build in succeeded.DistinctBy(build => (build.Hash, build.Image)))
        {
            if (running.Contains(build.Image!) || await images.ExistsAsync(build.Image!, ct))
                usable.Add(build);
        }
        return usable;
    }
}
