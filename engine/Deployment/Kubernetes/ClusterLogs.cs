using System.Runtime.CompilerServices;
using GitOps.Triggers.Clusters;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Logs;
using GitOps.Triggers.Rendering;
using GitOps.Triggers.Storage;
using k8s;
using k8s.Models;

namespace GitOps.Triggers.Deployment;

/// <summary>The logs of runs on a cluster: of each attempt's pod as long as there is one, then of the file that was kept of it.</summary>
internal sealed class ClusterLogs(RunStore runs, ISecretMask mask, EngineConfiguration configuration, TimeProvider time)
{
    private const string JobName = "batch.kubernetes.io/job-name";
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(1);

    public async IAsyncEnumerable<string> ReadAsync(Cluster cluster, RunRecord run, string space, bool follow, [EnumeratorCancellation] CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            // Asked before looking: a pod that was made before the end is then surely seen.
            var known = await runs.FindAsync(run.Id, ct) ?? run with { State = RunState.Failed };
            if (known.IsFinished && known.Attempt > 0 && attempt > known.Attempt)
                yield break;
            var file = RunLogs.PathOf(configuration.DataFolder, run.Id, attempt);
            var pods = known.IsFinished && File.Exists(file) ? [] : await PodsAsync(cluster, run, space, ct);
            if (pods.Count >= attempt)
            {
                await foreach (var line in ReadAsync(cluster, file, pods[attempt - 1], follow, ct))
                    yield return line;
            }
            else if (File.Exists(file))
            {
                await foreach (var line in LogFollower.ReadAsync(file, ct))
                    yield return line;
            }
            else if (follow && !known.IsFinished)
            {
                attempt--;
                await Task.Delay(LookAgain, time, ct);
            }
            else
            {
                yield break;
            }
        }
    }

    /// <summary>A pod that goes away while it is read leaves the rest to its file.</summary>
    private async IAsyncEnumerable<string> ReadAsync(Cluster cluster, string file, V1Pod pod, bool follow, [EnumeratorCancellation] CancellationToken ct)
    {
        var count = 0;
        await foreach (var line in new PodLogReader(cluster, pod, Pod.ContainerName, time).ReadAsync(follow, ct))
        {
            count++;
            yield return mask.Apply(TerminalText.SpellOut(TerminalText.WithoutEscapes(line)));
        }
        await foreach (var line in LogFollower.ReadAsync(file, ct))
        {
            if (count-- <= 0)
                yield return line;
        }
    }

    /// <summary>The oldest first, one for each attempt.</summary>
    private static async Task<IReadOnlyList<V1Pod>> PodsAsync(Cluster cluster, RunRecord run, string space, CancellationToken ct)
    {
        var pods = await cluster.CallAsync($"list the Pods of {run.Id} in {space}", client => client.CoreV1.ListNamespacedPodAsync(space, labelSelector: $"{JobName}={run.Id}", cancellationToken: ct), ct);
        return [.. pods.Items.OrderBy(pod => pod.Metadata.CreationTimestamp).ThenBy(pod => pod.Metadata.Name, StringComparer.Ordinal)];
    }
}
