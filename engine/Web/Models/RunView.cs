using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Web;

/// <summary>One due time, or one run on demand, and what became of it.</summary>
internal sealed record RunView
{
    public required string Id { get; init; }

    public required string Repository { get; init; }

    public required string Environment { get; init; }

    public required string Trigger { get; init; }

    public required RunOrigin Origin { get; init; }

    public required DateTimeOffset ScheduledFor { get; init; }

    public required RunState State { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    public required int Attempt { get; init; }

    public int? ExitCode { get; init; }

    public string? Reason { get; init; }

    public string? Message { get; init; }

    /// <summary>Of a run on a cluster.</summary>
    public string? Node { get; init; }

    public required string Commit { get; init; }

    public required string Image { get; init; }
}
