namespace GitOps.Triggers.Domain;

/// <summary>Everything a plan for one (repository, environment) is made from.</summary>
internal sealed record PlanningInput
{
    public required EnvironmentDefinition Environment { get; init; }

    /// <summary>The triggers on the branch that name this environment and could be read.</summary>
    public required IReadOnlyList<TriggerCandidate> Candidates { get; init; }

    /// <summary>Every manifest on the branch could be read. Only then is a trigger that is not among the candidates taken down.</summary>
    public required bool Complete { get; init; }

    /// <summary>This environment's deployments of these triggers, newest first; per trigger the first that is not pruned is what runs.</summary>
    public required IReadOnlyList<DeploymentRecord> History { get; init; }

    /// <summary>Successful builds of the candidates' inputs whose image still exists, newest first.</summary>
    public required IReadOnlyList<BuildRecord> Builds { get; init; }

    /// <summary>What the upstream environment shows for the candidates' inputs; empty where there is no upstream.</summary>
    public required IReadOnlyList<UpstreamEvidence> Upstream { get; init; }

    public required DateTimeOffset Now { get; init; }
}
