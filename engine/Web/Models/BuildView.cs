using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Web;

internal sealed record BuildView
{
    public required long Id { get; init; }

    public required string Repository { get; init; }

    public required string Environment { get; init; }

    public required string Trigger { get; init; }

    public required string InputHash { get; init; }

    public required string Commit { get; init; }

    public required BuildState State { get; init; }

    public required string Builder { get; init; }

    /// <summary>None while it waits for a place.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    public string? Image { get; init; }

    public string? Reason { get; init; }
}
