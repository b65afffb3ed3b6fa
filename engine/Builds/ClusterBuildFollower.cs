using GitOps.Triggers.Clusters;
using k8s.Models;

namespace GitOps.Triggers.Builds;

/// <summary>Follows one build on a cluster until it is known how it ended. Asks every second: a build takes longer, and there are few at once.</summary>
internal sealed class ClusterBuildFollower(ClusterBuildJobs jobs, V1Job job, BuildTranscript transcript, Action hasContext, TimeProvider time)
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(1);

    /// <summary>An API server that is restarted is back by then. The build goes on without it.</summary>
    private static readonly TimeSpan LongestOutage = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan RestOfLog = TimeSpan.FromSeconds(15);

    private readonly ClusterBuildWait wait = new(transcript, time);
    private bool begun;

    /// <summary>As it was seen last.</summary>
    public ClusterBuildState State { get; private set; } = new ClusterBuildState.Waiting("Its Job was only just made.");

    /// <exception cref="ClusterException">The cluster cannot be asked for longer than it takes to wait. The Job is left as it is.</exception>
    public async Task<ClusterBuildState> UntilEndedAsync(CancellationToken ct)
    {
        using var reading = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var log = new ClusterBuildLog(jobs.Cluster, transcript, time);
        (V1Pod Pod, Task Log)? followed = null;
        try
        {
            while (true)
            {
                var (found, pod) = await LookAsync(ct).ConfigureAwait(false);
                if (pod is not null)
                    followed ??= (pod, log.ReadAsync(pod, reading.Token));
                State = Judge(found, pod);
                if (!State.IsUnderWay)
                    break;
                await Task.Delay(LookAgain, time, ct).ConfigureAwait(false);
            }
            if (followed is not null && await Task.WhenAny(followed.Value.Log, Task.Delay(RestOfLog, time, ct)).ConfigureAwait(false) == followed.Value.Log)
                await followed.Value.Log.ConfigureAwait(false);
        }
        finally
        {
            await reading.CancelAsync().ConfigureAwait(false);
            // What reading the log came to was looked at above; here it is only to have ended.
            await (followed?.Log ?? Task.CompletedTask).ContinueWith(_ => { }, TaskScheduler.Default).ConfigureAwait(false);
        }
        if (followed is { } read && (!read.Log.IsCompletedSuccessfully || LacksItsReason))
            await ReadEndAsync(log, read.Pod, ct).ConfigureAwait(false);
        return State;
    }

    /// <summary>Kaniko's last line says why it failed. A node that turns a long log over may have dropped it from what it handed on.</summary>
    private bool LacksItsReason => State is ClusterBuildState.Failed && !transcript.ErrorLines.Any(BuildLines.IsOwnError);

    private async Task ReadEndAsync(ClusterBuildLog log, V1Pod pod, CancellationToken ct)
    {
        using var patience = new CancellationTokenSource(RestOfLog, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, ct);
        await log.ReadEndAsync(pod, (State as ClusterBuildState.Broken)?.Container ?? BuildContainer.Name, either.Token).ConfigureAwait(false);
        ct.ThrowIfCancellationRequested();
    }

    private ClusterBuildState Judge(V1Job? found, V1Pod? pod)
    {
        if (!begun && pod is not null && ClusterBuildReading.HasBegun(pod))
        {
            begun = true;
            hasContext();
            transcript.Begun();
        }
        return wait.Judge(ClusterBuildReading.Of(found, pod, begun));
    }

    private async Task<(V1Job? Job, V1Pod? Pod)> LookAsync(CancellationToken ct)
    {
        var since = time.GetTimestamp();
        while (true)
        {
            try
            {
                var found = await jobs.FindAsync(job.Metadata.Name, ct).ConfigureAwait(false);
                return (found?.Metadata.Uid == job.Metadata.Uid ? found : null, await jobs.PodAsync(job, ct).ConfigureAwait(false));
            }
            catch (ClusterException outage) when (outage.IsPassing && time.GetElapsedTime(since) < LongestOutage)
            {
                await Task.Delay(LookAgain, time, ct).ConfigureAwait(false);
            }
        }
    }
}
