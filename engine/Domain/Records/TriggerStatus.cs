namespace GitOps.Triggers.Domain;

/// <summary>What the last pass made of one trigger in one environment.</summary>
internal sealed record TriggerStatus : TriggerRecord
{
    public required CommitSha Commit { get; init; }

    public required TriggerState State { get; init; }

    /// <summary>One sentence for people.</summary>
    public required string Message { get; init; }

    /// <summary>The message holds what a person should know of though it is deployed: drift that is only told, something that may still stand at a former place.</summary>
    public bool HasRemark { get; init; }

    public IReadOnlyList<Finding> Findings { get; init; } = [];

    /// <summary>When a held one is looked at again.</summary>
    public DateTimeOffset? Until { get; init; }

    public required DateTimeOffset At { get; init; }
}
