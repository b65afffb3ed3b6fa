using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Runs;

/// <summary>One attempt of a run, as it is to be made or found again.</summary>
internal sealed record Attempt
{
    /// <summary>With the attempt's number.</summary>
    public required RunRecord Run { get; init; }

    public required ContainerSpec Spec { get; init; }

    /// <summary>It is stored that its container was started: then it is never started again.</summary>
    public required bool Begun { get; init; }

    /// <summary>When it is stopped.</summary>
    public DateTimeOffset? Deadline { get; init; }

    public int Number => Run.Attempt;
}
