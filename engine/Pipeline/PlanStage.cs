using GitOps.Triggers.Builds;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Planning;
using GitOps.Triggers.Rendering;
using GitOps.Triggers.Storage;

namespace GitOps.Triggers.Pipeline;

/// <summary>Gathers the facts that a plan is made from. The plan itself is pure.</summary>
internal sealed class PlanStage(DeploymentStore deployments, PlaceStore places, BuildStore builds, ImageStore images, UpstreamFacts upstream, EngineConfiguration configuration)
{
    public async Task<StageResult<PlannedPass>> PlanAsync(Pass pass, BranchReading reading, CancellationToken ct)
    {
        var hashes = reading.Candidates.Select(candidate => candidate.Inputs.Hash).Distinct().ToList();
        var history = await deployments.HistoryAsync(pass.Key, ct);
        var known = new KnownImages(images, configuration.HasClusters);
        var gone = await known.GoneAsync(Running(history, reading.Candidates), ct);
        var judged = await builds.JudgedAsync(pass.Repository.Id, hashes, ct);
        var usable = await UsableAsync(judged.Succeeded, known, ct);
        var standing = await places.StandingAsync(pass.Key, ct);
        return (await upstream.GatherAsync(pass, reading, hashes, known, ct)).Select(view => Planned(reading, new PlanningInput
        {
            Environment = pass.Environment,
            Place = TargetNamespace.PlaceOf(pass.Environment, pass.Repository.Repository),
            Commit = reading.Commit,
            Candidates = reading.Candidates,
            Declared = reading.Declared,
            Complete = reading.Complete,
            History = history,
            Standing = standing,
            Builds = usable,
            Gone = gone,
            Rejected = judged.Rejected,
            Upstream = view,
            Now = pass.StartedAt,
        }));
    }

    private static PlannedPass Planned(BranchReading reading, PlanningInput input) => new(reading, input, Planner.Plan(input));

    /// <summary>The images that are asked for and run already. Whether another one is still there does not matter: it is about to be replaced.</summary>
    private static List<ImageReference> Running(IReadOnlyList<DeploymentRecord> history, IReadOnlyList<TriggerCandidate> candidates)
    {
        var asked = candidates.ToDictionary(candidate => candidate.Name, candidate => candidate.Inputs.Hash);
        return [.. history.DistinctBy(row => row.Trigger)
            .Where(row => !row.Pruned && asked.GetValueOrDefault(row.Trigger) == row.Hash)
            .Select(row => row.Image).Distinct()];
    }

    /// <summary>An image that somebody removed is no image. Where one of equal inputs runs, the others are not asked for: it is the one to stay with.</summary>
    private static async Task<IReadOnlyList<BuildRecord>> UsableAsync(IReadOnlyList<BuildRecord> succeeded, KnownImages known, CancellationToken ct)
    {
        var usable = new List<BuildRecord>();
        foreach (var equal in succeeded.GroupBy(build => build.Hash))
        {
            var running = equal.Where(build => known.IsKnown(build.Image!)).ToList();
            usable.AddRange(running);
            if (running.Count == 0 && await FirstAsync(equal, known, ct) is { } first)
                usable.Add(first);
        }
        return usable;
    }

    private static async Task<BuildRecord?> FirstAsync(IEnumerable<BuildRecord> builds, KnownImages known, CancellationToken ct)
    {
        foreach (var build in builds)
        {
            if (await known.ExistsAsync(build.Image!, ct))
                return build;
        }
        return null;
    }
}
