namespace GitOps.Triggers.Domain;

/// <summary>Everything a plan for one (repository, environment) is made from.</summary>
internal sealed record PlanningInput
{
    public required EnvironmentDefinition Environment { get; init; }

    /// <summary>Where this repository's releases go.</summary>
    public required Place Place { get; init; }

    /// <summary>The head of the environment's branch; none when the branch does not exist.</summary>
    public required CommitSha? Commit { get; init; }

    /// <summary>The triggers on the branch that name this environment, could be read, and whose build inputs are known.</summary>
    public required IReadOnlyList<TriggerCandidate> Candidates { get; init; }

    /// <summary>Every trigger on the branch that could be read, also those that do not name this environment.</summary>
    public required IReadOnlySet<TriggerName> Declared { get; init; }

    /// <summary>
    /// No candidate is missing: every manifest on the branch was read and every context hashed.
    /// Only then does a trigger's absence mean that it left.
    /// </summary>
    public required bool Complete { get; init; }

    /// <summary>Every deployment of this repository to this environment, newest first. A trigger's newest is what runs, unless it is pruned.</summary>
    public required IReadOnlyList<DeploymentRecord> History { get; init; }

    /// <summary>The triggers of which something may stand somewhere in this environment, released or not.</summary>
    public required IReadOnlySet<TriggerName> Standing { get; init; }

    /// <summary>Of each of the candidates' inputs the successful builds, by whichever trigger or environment, whose image runs here, newest first; where none does, the newest whose image still exists.</summary>
    public required IReadOnlyList<BuildRecord> Builds { get; init; }

    /// <summary>What runs here of the candidates' inputs and cannot be had any more: it is no longer in this machine's store, or a cluster would need it from a registry.</summary>
    public required IReadOnlySet<ImageReference> Gone { get; init; }

    /// <summary>Builds of the candidates' inputs that failed by their own fault, where no later one succeeded and nobody asked for another try.</summary>
    public required IReadOnlyList<BuildRecord> Rejected { get; init; }

    /// <summary>Set exactly when the environment promotes from another.</summary>
    public UpstreamView? Upstream { get; init; }

    public required DateTimeOffset Now { get; init; }
}
