using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Web;

/// <summary>One trigger in one environment, as it is now. Times are UTC.</summary>
internal sealed record TriggerView
{
    public required string Repository { get; init; }

    public required string Environment { get; init; }

    public required string Trigger { get; init; }

    /// <summary>What the last pass left it in; none before the first one.</summary>
    public TriggerState? State { get; init; }

    public required string Message { get; init; }

    /// <summary>The message holds what a person should know of though it is deployed.</summary>
    public bool HasRemark { get; init; }

    public required IReadOnlyList<Finding> Findings { get; init; }

    /// <summary>When a held one is looked at again.</summary>
    public DateTimeOffset? Until { get; init; }

    public ReleaseView? Release { get; init; }

    public string? Schedule { get; init; }

    public string? TimeZone { get; init; }

    /// <summary>The schedule in words; <c>awaiting schedule</c> without one.</summary>
    public required string ScheduleInWords { get; init; }

    public DateTimeOffset? Next { get; init; }

    /// <summary>The manifest says <c>suspend: true</c>.</summary>
    public required bool Suspended { get; init; }

    /// <summary>An operator paused it then.</summary>
    public DateTimeOffset? PausedSince { get; init; }

    public string? PauseReason { get; init; }

    public RunView? LastRun { get; init; }

    public DateTimeOffset? LastSuccess { get; init; }

    public required int ActiveRuns { get; init; }
}
