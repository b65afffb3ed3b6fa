using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Web;

/// <summary>The last reconciliation of one environment of a repository.</summary>
internal sealed record PassView
{
    public required string Environment { get; init; }

    public required string Branch { get; init; }

    /// <summary>The branch's head that it looked at; none when there is no such branch, or no pass yet.</summary>
    public string? Commit { get; init; }

    /// <summary>None before the first pass.</summary>
    public PassOutcome? Outcome { get; init; }

    public required string Message { get; init; }

    public required IReadOnlyList<Finding> Findings { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>A pass is due or going on.</summary>
    public required bool Due { get; init; }
}
