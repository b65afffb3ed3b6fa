using System.Runtime.CompilerServices;
using k8s;
using k8s.Models;

namespace GitOps.Triggers.Clusters;

/// <summary>The log of one container, line by line. A connection that is cut is made again, and goes on behind the last line that was read.</summary>
internal sealed class PodLogReader(Cluster cluster, V1Pod pod, string container, TimeProvider time)
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(1);

    // The time of the last line, and how many lines had it.
    private string last = "";
    private int withLast;

    /// <summary>The lines that there are; with <paramref name="follow"/> until the container has ended, or its pod is gone. Called once more, it goes on where it was.</summary>
    public async IAsyncEnumerable<string> ReadAsync(bool follow, [EnumeratorCancellation] CancellationToken ct)
    {
        while (true)
        {
            // Asked before reading: what was written up to the end is then surely read.
            var found = await FindAsync(ct);
            if (found is null)
                yield break;
            var state = StateOf(found);
            if (state is { Running: not null } or { Terminated: not null })
            {
                await using var lines = LinesAsync(follow, ct).GetAsyncEnumerator(ct);
                while (await NextAsync(lines, ct))
                    yield return lines.Current;
            }
            if (!follow || state?.Terminated is not null || found.Status?.Phase is "Succeeded" or "Failed")
                yield break;
            await Task.Delay(LookAgain, time, ct);
        }
    }

    private Task<V1Pod?> FindAsync(CancellationToken ct) => cluster.FindAsync(
        $"read the Pod {pod.Metadata.Name} in {pod.Metadata.NamespaceProperty}",
        client => client.CoreV1.ReadNamespacedPodAsync(pod.Metadata.Name, pod.Metadata.NamespaceProperty, cancellationToken: ct),
        ct);

    private V1ContainerState? StateOf(V1Pod found) =>
        (found.Status?.ContainerStatuses ?? []).Concat(found.Status?.InitContainerStatuses ?? []).FirstOrDefault(one => one.Name == container)?.State;

    private async IAsyncEnumerable<string> LinesAsync(bool follow, [EnumeratorCancellation] CancellationToken ct)
    {
        await using var stream = await cluster.CallAsync(
            $"read the log of the Pod {pod.Metadata.Name} in {pod.Metadata.NamespaceProperty}",
            client => client.CoreV1.ReadNamespacedPodLogAsync(pod.Metadata.Name, pod.Metadata.NamespaceProperty, container, follow: follow, timestamps: true, cancellationToken: ct),
            ct);
        using var reader = new StreamReader(stream);
        var (repeated, again) = (withLast, last);
        while (await reader.ReadLineAsync(ct) is { } line)
        {
            var split = line.IndexOf(' ', StringComparison.Ordinal);
            var (at, text) = split < 0 ? (line, "") : (line[..split], line[(split + 1)..]);
            if (again.Length > 0 && (string.CompareOrdinal(at, again) < 0 || (at == again && repeated-- > 0)))
                continue;
            (last, withLast) = (at, at == last ? withLast + 1 : 1);
            yield return text;
        }
    }

    /// <returns>False at the end, and where the connection was cut.</returns>
    private static async Task<bool> NextAsync(IAsyncEnumerator<string> lines, CancellationToken ct)
    {
        try
        {
            return await lines.MoveNextAsync();
        }
        catch (Exception cut) when (cut is ClusterException || ClusterFailures.IsFailure(cut, ct))
        {
            return false;
        }
    }
}
