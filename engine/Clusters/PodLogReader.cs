using System.Globalization;
using System.Runtime.CompilerServices;
using GitOps.Triggers.Domain;
using k8s;
using k8s.Models;

namespace GitOps.Triggers.Clusters;

/// <summary>The log of one container, line by line. A connection that is cut is made again, and goes on behind the last line that was read.</summary>
internal sealed class PodLogReader(Cluster cluster, V1Pod pod, string container, TimeProvider time)
{
    /// <summary>In a row, after the container has ended: then the rest is not to be had.</summary>
    private const int MostCuts = 5;

    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(1);

    // The time of the last line, and how many lines had it.
    private string last = "";
    private int withLast;
    private ClusterException? cut;
    private int cuts;

    /// <summary>The lines that there are; with <paramref name="follow"/> until the container has ended, or its pod is gone. Called once more, it goes on where it was.</summary>
    /// <exception cref="ClusterException">They cannot be had, or not all of them.</exception>
    public async IAsyncEnumerable<string> ReadAsync(bool follow, [EnumeratorCancellation] CancellationToken ct)
    {
        while (true)
        {
            // Asked before reading: what was written up to the end is then surely read.
            var found = await FindAsync(ct);
            if (found is null)
                yield break;
            var state = StateOf(found);
            cut = null;
            if (state is { Running: not null } or { Terminated: not null })
            {
                await using var lines = LinesAsync(follow, ct).GetAsyncEnumerator(ct);
                while (await NextAsync(lines, ct))
                {
                    cuts = 0;
                    yield return lines.Current;
                }
            }
            var ended = !follow || state?.Terminated is not null || found.Status?.Phase is "Succeeded" or "Failed";
            if (ended && cut is null)
                yield break;
            // While it goes on, a cut is no more than a pause.
            cuts = ended ? cuts + 1 : 0;
            if (cuts >= MostCuts)
                throw NotWhole(cut!);
            await Task.Delay(LookAgain, time, ct);
        }
    }

    /// <summary>The last lines that there are, so many at most.</summary>
    /// <exception cref="ClusterException">They cannot be had.</exception>
    public async IAsyncEnumerable<string> TailAsync(int lines, [EnumeratorCancellation] CancellationToken ct)
    {
        await using var stream = await OpenAsync(follow: false, lines, ct);
        await foreach (var line in LineSplitter.ReadAsync(stream, atReturns: false, ct))
        {
            foreach (var part in PartsOf(Split(line).Text))
                yield return part;
        }
    }

    private string What => $"read the log of the Pod {pod.Metadata.Name} in {pod.Metadata.NamespaceProperty}";

    private Task<V1Pod?> FindAsync(CancellationToken ct) => cluster.FindAsync(
        $"read the Pod {pod.Metadata.Name} in {pod.Metadata.NamespaceProperty}",
        client => client.CoreV1.ReadNamespacedPodAsync(pod.Metadata.Name, pod.Metadata.NamespaceProperty, cancellationToken: ct),
        ct);

    private V1ContainerState? StateOf(V1Pod found) =>
        (found.Status?.ContainerStatuses ?? []).Concat(found.Status?.InitContainerStatuses ?? []).FirstOrDefault(one => one.Name == container)?.State;

    private async IAsyncEnumerable<string> LinesAsync(bool follow, [EnumeratorCancellation] CancellationToken ct)
    {
        await using var stream = await OpenAsync(follow, lines: null, ct);
        var (repeated, again) = (withLast, last);
        await foreach (var line in LineSplitter.ReadAsync(stream, atReturns: false, ct))
        {
            var (at, text) = Split(line);
            if (again.Length > 0 && (string.CompareOrdinal(at, again) < 0 || (at == again && repeated-- > 0)))
                continue;
            (last, withLast) = (at, at == last ? withLast + 1 : 1);
            foreach (var part in PartsOf(text))
                yield return part;
        }
    }

    private Task<Stream> OpenAsync(bool follow, int? lines, CancellationToken ct) => cluster.CallAsync(
        What,
        client => client.CoreV1.ReadNamespacedPodLogAsync(
            pod.Metadata.Name, pod.Metadata.NamespaceProperty, container, follow: follow, tailLines: lines, timestamps: true, cancellationToken: ct),
        ct);

    private static (string At, string Text) Split(string line) =>
        line.IndexOf(' ', StringComparison.Ordinal) is var split and >= 0 ? (line[..split], line[(split + 1)..]) : (line, "");

    /// <summary>A program that draws its progress begins its line again; only the first of them has a time.</summary>
    private static string[] PartsOf(string text) => text.TrimEnd('\r').Split('\r');

    /// <returns>False at the end, where the connection was cut, and where the pod went away meanwhile.</returns>
    /// <exception cref="ClusterException">It is no passing failure: a right that is missing, for one.</exception>
    private async Task<bool> NextAsync(IAsyncEnumerator<string> lines, CancellationToken ct)
    {
        try
        {
            return await lines.MoveNextAsync();
        }
        catch (ClusterException failure) when (failure.IsPassing || failure.Kind == ClusterFailureKind.NotFound)
        {
            cut = failure;
        }
        catch (Exception failure) when (ClusterFailures.IsFailure(failure, ct))
        {
            cut = ClusterFailures.Of(What, cluster.Name, failure);
        }
        return false;
    }

    /// <summary>Of a kind that does not pass: it was tried again already.</summary>
    private static ClusterException NotWhole(ClusterException last) => new(
        ClusterFailureKind.Other, string.Create(CultureInfo.InvariantCulture, $"The rest of this log could not be had, in {MostCuts} tries. {last.Message}"), cause: last);
}
