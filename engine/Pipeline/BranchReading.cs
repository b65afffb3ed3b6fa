using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Pipeline;

/// <summary>What a branch asks of its environment: everything that could be read, and every finding about what could not.</summary>
internal sealed record BranchReading
{
    /// <summary>None when the branch does not exist.</summary>
    public required CommitSha? Commit { get; init; }

    /// <summary>What the status of an item speaks of, if not of the release itself: the branch's commit; without a branch, the one of what runs.</summary>
    public CommitSha CommitOf(PlanItem? item) => Commit ?? item?.Running?.Commit ?? CommitSha.None;

    public IReadOnlyList<TriggerCandidate> Candidates { get; init; } = [];

    /// <summary>Every trigger on the branch that could be read, also those that do not name the environment.</summary>
    public IReadOnlySet<TriggerName> Declared { get; init; } = new HashSet<TriggerName>();

    /// <summary>No trigger is missing because it could not be read.</summary>
    public bool Complete { get; init; } = true;

    /// <summary>Of each trigger that is refused, the findings for which it is; warnings of its manifest too, where that is refused.</summary>
    public IReadOnlyDictionary<TriggerName, IReadOnlyList<Finding>> Refused { get; init; } = new Dictionary<TriggerName, IReadOnlyList<Finding>>();

    /// <inheritdoc cref="Refusals.OfNobody"/>
    public IReadOnlyList<Finding> Findings { get; init; } = [];

    public static BranchReading Missing { get; } = new() { Commit = null };
}
