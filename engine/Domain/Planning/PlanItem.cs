namespace GitOps.Triggers.Domain;

/// <summary>What a pass will do with one trigger.</summary>
internal abstract record PlanItem(TriggerName Trigger)
{
    /// <summary>No image of these inputs exists: build it, then deploy it.</summary>
    internal sealed record Build(TriggerCandidate Candidate) : PlanItem(Candidate.Name);

    /// <summary>Deploy an image that exists. Also when nothing seems to have changed: the target compares.</summary>
    internal sealed record Deploy(TriggerCandidate Candidate, ImageReference Image, DeploymentKind Kind, long? BuildId) : PlanItem(Candidate.Name);

    /// <summary>A gate is closed; what runs stays. <paramref name="Until"/>: when the time alone will open it; none when an event must.</summary>
    internal sealed record Hold(TriggerCandidate Candidate, string Reason, DateTimeOffset? Until) : PlanItem(Candidate.Name);

    /// <summary>Cannot be deployed before somebody writes something else; what runs stays.</summary>
    internal sealed record Reject(TriggerCandidate Candidate, Finding Finding) : PlanItem(Candidate.Name);

    /// <summary>The trigger left the branch, or no longer names this environment.</summary>
    internal sealed record Prune(DeploymentRecord Current) : PlanItem(Current.Key.Trigger);
}
