using GitOps.Triggers.Domain;
using GitOps.Triggers.Storage;

namespace GitOps.Triggers.Pipeline;

/// <summary>What the upstream environment shows for the candidates of a pass.</summary>
internal sealed class UpstreamFacts(EngineConfiguration configuration, DeploymentStore deployments, BranchStage branch)
{
    /// <returns>None where the environment promotes from no other.</returns>
    public async Task<StageResult<UpstreamView?>> GatherAsync(Pass pass, BranchReading reading, IReadOnlyCollection<InputHash> hashes, KnownImages images, CancellationToken ct)
    {
        if (configuration.Environments.SingleOrDefault(environment => environment.Name == pass.Environment.PromotesFrom) is not { } upstream)
            return new StageResult<UpstreamView?>.Done(null);
        var evidence = await deployments.EvidenceAsync(new WorkKey(pass.Repository.Id, upstream.Name), hashes, ct);
        var usable = new List<UpstreamEvidence>();
        foreach (var one in evidence)
        {
            if (await images.ExistsAsync(one.Image, ct))
                usable.Add(one);
        }
        // A head that could not be read is not an empty one: what is on its way must not count as never seen.
        var head = await HeadAsync(pass, upstream, reading, usable, ct);
        return head.Select(candidates => (UpstreamView?)new UpstreamView { Environment = upstream, Evidence = usable, Head = candidates });
    }

    /// <summary>The upstream head matters only for what is not deployed there yet: is it on its way, or was it never there?</summary>
    private async Task<StageResult<IReadOnlyList<TriggerCandidate>>> HeadAsync(Pass pass, EnvironmentDefinition upstream, BranchReading reading, List<UpstreamEvidence> evidence, CancellationToken ct)
    {
        var known = evidence.Select(one => (one.Trigger, one.Hash)).ToHashSet();
        if (reading.Candidates.All(candidate => known.Contains((candidate.Name, candidate.Inputs.Hash))))
            return new StageResult<IReadOnlyList<TriggerCandidate>>.Done([]);
        return (await branch.ReadAsync(pass with { Environment = upstream }, ct)).Select(head => head.Candidates);
    }
}
