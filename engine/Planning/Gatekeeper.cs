using System.Globalization;
using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Planning;

/// <summary>Holds back what an environment's gates do not let through yet. Whatever changes what runs passes here: a rollback, a take-down, and what stood still and is to run again.</summary>
internal sealed class Gatekeeper(PlanningInput input)
{
    private readonly Gates gates = input.Environment.Gates;
    private readonly DateTimeOffset? thawed = FreezeCalendar.FirstOpen(input.Environment.Gates.Freeze, input.Now);

    /// <returns>The item itself, or a hold that names every closed gate and what opens it.</returns>
    public PlanItem Admit(PlanItem item, DeploymentRecord? current)
    {
        if (item is PlanItem.Hold or PlanItem.Reject or PlanItem.Clear or PlanItem.Keep { Current.StandsStill: null } or PlanItem.Suspend { Current.StandsStill: not null })
            return item;
        var proof = ProofOf(item);
        List<string> closed = [.. Runs(proof), .. Bake(proof), .. Freeze()];
        return closed.Count == 0 ? item : new PlanItem.Hold(item.Trigger, Waiting(item) + string.Join("; ", closed), Until(proof), current);
    }

    /// <summary>What waits, where it is not the deployment that everybody expects.</summary>
    private static string Waiting(PlanItem item) => item switch
    {
        PlanItem.Prune => "no longer asked for and to be taken down; ",
        PlanItem.Keep => "asked for again, and it is to run again; ",
        PlanItem.Suspend { Reason: var reason } => $"{reason}, and it is to be suspended; ",
        _ => "",
    };

    /// <summary>The gates about upstream ask of this very image. What has none (built here, or taken down) has nothing to show there.</summary>
    private UpstreamEvidence? ProofOf(PlanItem item) => item is PlanItem.Deploy { Candidate: var candidate, Image: var image }
        ? input.Upstream?.Evidence.FirstOrDefault(evidence => (evidence.Trigger, evidence.Hash, evidence.Image) == (candidate.Name, candidate.Inputs.Hash, image))
        : null;

    private IEnumerable<string> Runs(UpstreamEvidence? proof)
    {
        if (proof is null || !LacksRuns(proof))
            yield break;
        var (needed, upstream) = (gates.SuccessfulRuns, input.Upstream!.Environment.Name);
        yield return string.Create(CultureInfo.InvariantCulture,
            $"needs {needed} successful {(needed == 1 ? "run" : "runs")} in {upstream}, has {proof.SuccessfulRuns}: run it with `gitops-triggers run {proof.Trigger} -e {upstream}`, or wait for its schedule there");
    }

    private IEnumerable<string> Bake(UpstreamEvidence? proof)
    {
        if (proof is not null && Baked(proof) > input.Now)
            yield return $"needs {Duration.Format(gates.Bake)} in {input.Upstream!.Environment.Name}, is there since {Instant(proof.FirstDeployedAt)}: wait until {Instant(Baked(proof))}";
    }

    private IEnumerable<string> Freeze()
    {
        if (thawed is null)
            yield return $"{input.Environment.Name} is frozen and its freeze windows leave no gap: an operator must change gates.freeze";
        else if (thawed != input.Now)
            yield return $"{input.Environment.Name} is frozen until {Instant(thawed.Value)}";
    }

    /// <summary>Time alone opens bake and freeze; it is the first instant at which both are open. Runs are an event's to bring.</summary>
    private DateTimeOffset? Until(UpstreamEvidence? proof)
    {
        if (proof is null)
            return thawed;
        return LacksRuns(proof) || thawed is null ? null : FreezeCalendar.FirstOpen(gates.Freeze, Later(thawed.Value, Baked(proof)));
    }

    private bool LacksRuns(UpstreamEvidence proof) => proof.SuccessfulRuns < gates.SuccessfulRuns;

    private DateTimeOffset Baked(UpstreamEvidence proof) => proof.FirstDeployedAt + gates.Bake;

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    private static string Instant(DateTimeOffset instant) => instant.ToUniversalTime().ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
