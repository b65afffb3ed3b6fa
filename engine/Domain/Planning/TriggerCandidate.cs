namespace GitOps.Triggers.Domain;

/// <summary>A trigger that could be deployed: its manifest and the inputs of its build.</summary>
internal sealed record TriggerCandidate(TriggerManifest Manifest, BuildInputs Inputs)
{
    public TriggerName Name => Manifest.Name;
}
