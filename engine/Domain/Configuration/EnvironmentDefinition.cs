namespace GitOps.Triggers.Domain;

/// <summary>An environment as the operator defines it: which branch feeds it, where it runs, and what must hold before a deployment.</summary>
internal sealed record EnvironmentDefinition
{
    public required EnvironmentName Name { get; init; }

    public required BranchName Branch { get; init; }

    /// <summary>The upstream environment: images come from there and are never built here (but see <see cref="Untested"/>).</summary>
    public EnvironmentName? PromotesFrom { get; init; }

    public required TargetSettings Target { get; init; }

    public Gates Gates { get; init; } = new();

    /// <summary>What to do with an image that never ran upstream.</summary>
    public UntestedPolicy Untested { get; init; } = UntestedPolicy.Reject;
}
