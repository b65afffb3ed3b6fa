using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Builds;

/// <summary>How long a build on a cluster may wait for what it needs. What it waits for is told in its log, unless it passes at once.</summary>
internal sealed class ClusterBuildWait(BuildTranscript transcript, TimeProvider time)
{
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(5);

    private (string Reason, long Since)? reason;
    private long? since;
    private string? told;

    /// <returns>The same, or that it has waited for too long.</returns>
    public ClusterBuildState Judge(ClusterBuildState state)
    {
        if (state is not ClusterBuildState.Waiting waiting)
        {
            since = null;
            return state;
        }
        since ??= time.GetTimestamp();
        if (reason?.Reason != waiting.Reason)
            reason = (waiting.Reason, time.GetTimestamp());
        if (told != waiting.Reason && time.GetElapsedTime(reason!.Value.Since) >= Moment)
        {
            told = waiting.Reason;
            transcript.Note($"--- it waits: {waiting.Reason} ---");
        }
        return time.GetElapsedTime(since.Value) < ClusterBuildJob.Patience
            ? state
            : new ClusterBuildState.Broken($"It waited for longer than {Duration.Format(ClusterBuildJob.Patience)}. {waiting.Reason}");
    }
}
