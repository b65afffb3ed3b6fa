namespace GitOps.Triggers.Domain;

/// <summary>Something that happened, after it was stored. Metrics, the event log and what follows from it listen.</summary>
internal abstract record EngineEvent
{
    internal sealed record DeliveryReceived(string Event, string Result) : EngineEvent;

    internal sealed record WorkMarked(WorkKey Key, string Reason) : EngineEvent;

    internal sealed record PassFinished(PassRecord Pass, TimeSpan Took) : EngineEvent;

    internal sealed record BuildFinished(BuildRecord Build) : EngineEvent;

    internal sealed record Deployed(DeploymentRecord Deployment) : EngineEvent;

    internal sealed record RunChanged(RunRecord Run) : EngineEvent;
}
