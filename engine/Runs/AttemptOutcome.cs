using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Runs;

/// <summary>How one attempt ended, in Kubernetes' words.</summary>
/// <param name="Reason">One of <see cref="RunReasons"/>.</param>
/// <param name="ExitCode">None when no container came to run.</param>
/// <param name="Message">One sentence, masked; what to do where somebody must.</param>
/// <param name="EndedAt">When the container ended, which may be before the engine saw it.</param>
internal sealed record AttemptOutcome(string Reason, int? ExitCode, string Message, DateTimeOffset EndedAt)
{
    public bool Succeeded => Reason == RunReasons.Completed;
}
