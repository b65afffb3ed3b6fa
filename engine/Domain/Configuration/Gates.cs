namespace GitOps.Triggers.Domain;

/// <summary>What must hold before anything is deployed to an environment.</summary>
internal sealed record Gates
{
    /// <summary>Successful runs of this very image in the upstream environment.</summary>
    public int SuccessfulRuns { get; init; }

    /// <summary>Time since this very image was first deployed upstream.</summary>
    public TimeSpan Bake { get; init; }

    public IReadOnlyList<FreezeWindow> Freeze { get; init; } = [];
}
