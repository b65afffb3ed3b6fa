using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Builds;

/// <summary>How long a build on a cluster may wait for what it needs, all in all. What it waits for is told in its log, unless it passes at once.</summary>
internal sealed class ClusterBuildWait(BuildTranscript transcript, TimeProvider time)
{
    private const string ForItsContext = "Its context is being fetched from the engine: do the builds' pods reach builder.engineUrl?";

    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(5);

    private (string Reason, long Since)? reason;
    private TimeSpan waited;
    private long? since;
    private string? told;

    /// <returns>The same, or that it has waited for too long.</returns>
    public ClusterBuildState Judge(ClusterBuildState state)
    {
        if (ReasonOf(state) is not { } why)
        {
            waited = Waited;
            since = null;
            return state;
        }
        since ??= time.GetTimestamp();
        if (reason?.Reason != why)
            reason = (why, time.GetTimestamp());
        if (told != why && time.GetElapsedTime(reason!.Value.Since) >= Moment)
        {
            told = why;
            transcript.Note($"--- it waits: {why} ---");
        }
        return Waited < ClusterBuildJob.Patience
            ? state
            : new ClusterBuildState.Broken($"It waited for longer than {Duration.Format(ClusterBuildJob.Patience)}. {why}");
    }

    private TimeSpan Waited => since is { } from ? waited + time.GetElapsedTime(from) : waited;

    /// <returns>None when it does not wait.</returns>
    private static string? ReasonOf(ClusterBuildState state) => state switch
    {
        ClusterBuildState.Waiting(var reason) => reason,
        ClusterBuildState.Running(ContextContainer.Name) => ForItsContext,
        _ => null,
    };
}
