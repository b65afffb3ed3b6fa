namespace GitOps.Triggers.Domain;

/// <summary>What a pass will do with one trigger.</summary>
/// <param name="Trigger">Of which.</param>
/// <param name="Running">The release that runs, where what is done depends on it; none when nothing was released.</param>
internal abstract record PlanItem(TriggerName Trigger, DeploymentRecord? Running = null)
{
    /// <summary>No image of these inputs exists: build it, then deploy it. Items that share their hash share one build.</summary>
    internal sealed record Build(TriggerCandidate Candidate) : PlanItem(Candidate.Name);

    /// <summary>A new release of an image that exists.</summary>
    internal sealed record Deploy(TriggerCandidate Candidate, ImageReference Image, DeploymentKind Kind, long? BuildId) : PlanItem(Candidate.Name);

    /// <summary>
    /// What runs is what the branch asks for: same image, same settings. Rendered with <paramref name="Current"/>'s image and commit
    /// and compared with the target, so that drift is corrected; nothing is released, so no gate has a say, unless it stood still and is to run again.
    /// </summary>
    internal sealed record Keep(TriggerCandidate Candidate, DeploymentRecord Current) : PlanItem(Candidate.Name, Current);

    /// <summary>
    /// Not yet. What runs, if anything, stays and is kept free of drift. <paramref name="Until"/>: when time alone will release it;
    /// none when an event must (the reason names it).
    /// </summary>
    internal sealed record Hold(TriggerName Trigger, string Reason, DateTimeOffset? Until, DeploymentRecord? Current) : PlanItem(Trigger, Current);

    /// <summary>Cannot be deployed before somebody writes something else, or asks for another try of a build. What runs, if anything, stays and is kept free of drift.</summary>
    internal sealed record Reject(TriggerName Trigger, Finding Finding, DeploymentRecord? Current) : PlanItem(Trigger, Current);

    /// <summary>The trigger left the branch, or no longer names this environment: take it down.</summary>
    internal sealed record Prune(DeploymentRecord Current) : PlanItem(Current.Key.Trigger, Current);

    /// <summary>
    /// It may stand there though no release of it is recorded, since an engine was killed while it was put there; and nobody asks for it any more:
    /// take it down. No gate has a say, since it never became a release.
    /// </summary>
    internal sealed record Clear(TriggerName Trigger) : PlanItem(Trigger);

    /// <summary>The branch, or every manifest on it, is gone: no more runs, but nothing is deleted.</summary>
    internal sealed record Suspend(DeploymentRecord Current, string Reason) : PlanItem(Current.Key.Trigger, Current);
}
