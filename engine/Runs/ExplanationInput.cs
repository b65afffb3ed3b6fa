using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Runs;

/// <summary>All that an explanation is made from.</summary>
internal sealed record ExplanationInput
{
    public required TriggerName Trigger { get; init; }

    public required EnvironmentName Environment { get; init; }

    /// <summary>The time that is asked about, and the time now.</summary>
    public required DateTimeOffset At { get; init; }

    public required DateTimeOffset Now { get; init; }

    /// <summary>The trigger's deployments here, newest first.</summary>
    public required IReadOnlyList<DeploymentRecord> Deployments { get; init; }

    /// <summary>The trigger's run records around the time, oldest first: see <c>RunStore.AroundAsync</c>.</summary>
    public required IReadOnlyList<RunRecord> Runs { get; init; }

    public PauseRecord? Pause { get; init; }
}
