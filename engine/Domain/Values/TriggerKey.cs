namespace GitOps.Triggers.Domain;

/// <summary>One trigger of one repository in one environment.</summary>
internal sealed record TriggerKey(RepositoryId Repository, EnvironmentName Environment, TriggerName Trigger)
{
    public WorkKey Work => new(Repository, Environment);

    public override string ToString() => $"{Repository}/{Environment}/{Trigger}";
}
