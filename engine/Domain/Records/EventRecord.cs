namespace GitOps.Triggers.Domain;

/// <summary>One line of the event log, for people.</summary>
internal sealed record EventRecord
{
    public long Id { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary><c>work</c>, <c>pass</c>, <c>build</c>, <c>deployment</c>, <c>run</c>.</summary>
    public required string Kind { get; init; }

    public RepositoryId? Repository { get; init; }

    public EnvironmentName? Environment { get; init; }

    /// <summary>None where the line is about all triggers of the repository.</summary>
    public TriggerName? Trigger { get; init; }

    public required string Text { get; init; }
}
