using GitOps.Triggers.Clusters;
using k8s.Models;

namespace GitOps.Triggers.Builds;

/// <summary>Brings what the containers of a build's pod print into the build's log, one container after the other, while they run.</summary>
internal sealed class ClusterBuildLog(Cluster cluster, BuildTranscript transcript, TimeProvider time)
{
    private const int LastLines = 50;
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(1);

    /// <summary>From the first line on, until the last container has ended.</summary>
    public async Task ReadAsync(V1Pod pod, CancellationToken ct)
    {
        foreach (var container in (pod.Spec.InitContainers ?? []).Concat(pod.Spec.Containers))
            await ReadAsync(new PodLogReader(cluster, pod, container.Name, time), ct).ConfigureAwait(false);
    }

    /// <summary>Only the end of it: who printed more than can be read in time still has its failure explained by its last lines.</summary>
    public async Task ReadEndAsync(V1Pod pod, string container, CancellationToken ct)
    {
        transcript.Note("--- it printed more than could be read; these are its last lines ---");
        try
        {
            await foreach (var line in new PodLogReader(cluster, pod, container, time).TailAsync(LastLines, ct).ConfigureAwait(false))
                transcript.Error(line);
        }
        catch (Exception failure) when (failure is ClusterException || ClusterFailures.IsFailure(failure, CancellationToken.None))
        {
            transcript.Note($"--- they cannot be read: {failure.Message} ---");
        }
    }

    private async Task ReadAsync(PodLogReader reader, CancellationToken ct)
    {
        while (true)
        {
            try
            {
                // A cluster hands both streams on as one, so that any line may be an error.
                await foreach (var line in reader.ReadAsync(follow: true, ct).ConfigureAwait(false))
                    transcript.Error(line);
                return;
            }
            catch (ClusterException outage) when (outage.IsPassing)
            {
                await Task.Delay(LookAgain, time, ct).ConfigureAwait(false);
            }
            catch (ClusterException refused)
            {
                transcript.Note($"--- what it prints cannot be read: {refused.Message} ---");
                return;
            }
        }
    }
}
