namespace GitOps.Triggers.Web;

/// <summary>One line of the event log.</summary>
internal sealed record EventView
{
    public required long Id { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary><c>work</c>, <c>remote</c>, <c>pass</c>, <c>build</c>, <c>deployment</c>, <c>run</c>.</summary>
    public required string Kind { get; init; }

    public string? Repository { get; init; }

    public string? Environment { get; init; }

    /// <summary>None where the line is about all triggers of the repository.</summary>
    public string? Trigger { get; init; }

    public required string Text { get; init; }
}
