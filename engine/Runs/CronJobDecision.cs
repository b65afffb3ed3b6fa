using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Runs;

internal sealed record CronJobDecision
{
    /// <summary>The due time to start a run for, now.</summary>
    public DateTimeOffset? Start { get; init; }

    /// <summary>Runs that end to make place for it.</summary>
    public IReadOnlyList<RunRecord> Replaced { get; init; } = [];

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<PassedOver> PassedOver { get; init; } = [];

    /// <summary>When to decide again unless something changes before; none when it never comes.</summary>
    public DateTimeOffset? Wake { get; init; }

    public bool IsNothing => Start is null && PassedOver.Count == 0;
}
