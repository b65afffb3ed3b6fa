namespace GitOps.Triggers.Domain;

/// <summary>Something that happened, after it was stored. Metrics, the event log and what follows from it listen.</summary>
internal abstract record EngineEvent
{
    internal sealed record DeliveryReceived(string Event, string Result) : EngineEvent;

    internal sealed record WorkMarked(WorkKey Key, string Reason) : EngineEvent;

    /// <param name="Repository">Whose remote was asked for its branches.</param>
    /// <param name="Problem">Why it could not be; none: it answered.</param>
    /// <param name="IsNews">It was otherwise before.</param>
    internal sealed record RemoteAsked(RepositoryId Repository, string? Problem, bool IsNews) : EngineEvent;

    internal sealed record PassFinished(PassRecord Pass, TimeSpan Took) : EngineEvent;

    internal sealed record BuildFinished(BuildRecord Build) : EngineEvent;

    internal sealed record Deployed(DeploymentRecord Deployment) : EngineEvent;

    internal sealed record RunChanged(RunRecord Run) : EngineEvent;

    /// <param name="Environment">Whose cluster is followed.</param>
    /// <param name="IsUp">All that is followed there is seen.</param>
    internal sealed record ClusterSeen(EnvironmentName Environment, bool IsUp) : EngineEvent;
}
