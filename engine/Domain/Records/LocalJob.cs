namespace GitOps.Triggers.Domain;

/// <summary>
/// A run on this machine as a cluster's Job would hold it: with the template as it was when the run was due, whatever is applied afterwards.
/// It is there as long as the history limits keep the run; the <see cref="RunRecord"/> stays longer.
/// </summary>
internal sealed record LocalJob
{
    public required RunId Id { get; init; }

    /// <summary>The CronJob's name.</summary>
    public required string CronJob { get; init; }

    /// <summary>The Job's spec as JSON.</summary>
    public required string Spec { get; init; }

    /// <summary>When its first attempt began; its deadline counts from here.</summary>
    public DateTimeOffset? BegunAt { get; init; }

    /// <summary>When the next attempt begins, after a failed one.</summary>
    public DateTimeOffset? RetryAt { get; init; }
}
