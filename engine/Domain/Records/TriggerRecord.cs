namespace GitOps.Triggers.Domain;

/// <summary>A record about one trigger of one repository in one environment. The parts of its key are properties of their own, since each is a column.</summary>
internal abstract record TriggerRecord
{
    public required TriggerKey Key
    {
        get => new(Repository, Environment, Trigger);
        init => (Repository, Environment, Trigger) = (value.Repository, value.Environment, value.Trigger);
    }

    public RepositoryId Repository { get; private init; } = null!;

    public EnvironmentName Environment { get; private init; } = null!;

    public TriggerName Trigger { get; private init; } = null!;
}
