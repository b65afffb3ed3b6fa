using System.Collections.Concurrent;
using System.Globalization;
using System.Threading.Channels;
using GitOps.Triggers.Clusters;
using GitOps.Triggers.Deployment;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Logs;
using GitOps.Triggers.Rendering;
using k8s;

namespace GitOps.Triggers.Runs;

/// <summary>
/// Keeps the end of each attempt's log, at once when its container has ended: soon the history limits delete the pod, and its log with it. No finalizer
/// holds the pod, since a cluster must be able to do without the engine; a pod that is faster than the engine takes its log along.
/// </summary>
/// <remarks>The engine has no right to the secrets of runs on a cluster, so it cannot mask them: what a program prints of them is in its log, as it is in the cluster's.</remarks>
internal sealed partial class ClusterLogKeeper(EngineConfiguration configuration, ISecretMask mask, TimeProvider time, ILogger<ClusterLogKeeper> logger)
{
    /// <summary>In characters, and so about the size on disk.</summary>
    private const int Most = 1 << 20;

    private const int Readers = 4;
    private const int Tries = 4;
    private static readonly TimeSpan BetweenTries = TimeSpan.FromSeconds(2);

    private readonly Channel<Wanted> wanted = Channel.CreateUnbounded<Wanted>();
    private readonly ConcurrentDictionary<string, bool> inHand = new(StringComparer.Ordinal);

    /// <summary>Has the log kept, unless it is already.</summary>
    public void Keep(Cluster cluster, PodSeen pod, int attempt)
    {
        if (pod is { Ended: true, StartedAt: not null } && !File.Exists(PathOf(pod.Run, attempt)) && inHand.TryAdd(pod.Uid, true))
            wanted.Writer.TryWrite(new Wanted(cluster, pod, attempt));
    }

    /// <summary>Until <paramref name="ct"/>.</summary>
    public Task RunAsync(CancellationToken ct) => Task.WhenAll(Enumerable.Range(0, Readers).Select(_ => ReadAsync(ct)));

    private async Task ReadAsync(CancellationToken ct)
    {
        await foreach (var one in wanted.Reader.ReadAllAsync(ct))
        {
            try
            {
                await KeepAsync(one, ct);
            }
            catch (Exception e) when (!ct.IsCancellationRequested)
            {
                NotKept(logger, one.Pod.Run, one.Attempt, e.Message);
            }
            inHand.TryRemove(one.Pod.Uid, out _);
        }
    }

    private async Task KeepAsync(Wanted one, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                Write(one, await TailAsync(one, ct));
                return;
            }
            catch (ClusterException gone) when (gone.Kind == ClusterFailureKind.NotFound)
            {
                return;
            }
            catch (Exception e) when (attempt < Tries && (e is ClusterException { IsPassing: true } || ClusterFailures.IsFailure(e, ct)))
            {
                await Waiting.UntilAsync(time.GetUtcNow() + BetweenTries, time, ct);
                ct.ThrowIfCancellationRequested();
            }
        }
    }

    private static async Task<LogTail> TailAsync(Wanted one, CancellationToken ct)
    {
        var (space, name) = (one.Pod.Space, one.Pod.Name);
        await using var stream = await one.Cluster.CallAsync(
            $"read the log of the Pod {name} in {space}",
            client => client.CoreV1.ReadNamespacedPodLogAsync(name, space, Pod.ContainerName, cancellationToken: ct),
            ct);
        var tail = new LogTail(Most);
        await tail.ReadAsync(stream, ct);
        return tail;
    }

    /// <summary>Whole or not at all: a log that is there is not read again.</summary>
    private void Write(Wanted one, LogTail tail)
    {
        var path = PathOf(one.Pod.Run, one.Attempt);
        var unfinished = $"{path}.part";
        using (var log = LogFile.Create(unfinished, configuration.Limits.RunLogBytes, mask))
        {
            if (tail.Dropped > 0)
                log.Note(string.Create(CultureInfo.InvariantCulture, $"--- {tail.Dropped} lines before these are not kept: of a run on a cluster the last MiB is. ---"));
            foreach (var line in tail.Lines)
                log.Write(line);
        }
        File.Move(unfinished, path, overwrite: true);
    }

    private string PathOf(RunId run, int attempt) => RunLogs.PathOf(configuration.DataFolder, run, attempt);

    private sealed record Wanted(Cluster Cluster, PodSeen Pod, int Attempt);
}
