using System.Collections.Concurrent;
using GitOps.Triggers.Containers;
using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Runs;

/// <summary>Pulls the images of runs: each once, however many runs wait for it, and no longer than <see cref="Limits.FetchTimeout"/>.</summary>
internal sealed class ImagePulls(JobContainers containers, Limits limits, TimeProvider time) : IDisposable
{
    private readonly ConcurrentDictionary<ImageReference, Lazy<Task<bool>>> underWay = new();
    private readonly CancellationTokenSource stopping = new();

    /// <param name="image">At a registry.</param>
    /// <param name="ct">Ends the waiting; the pull goes on for others, and for the next run.</param>
    /// <exception cref="ContainerException">It cannot be had, or not in time.</exception>
    public async Task PullAsync(ImageReference image, CancellationToken ct)
    {
        var pull = underWay.GetOrAdd(image, one => new Lazy<Task<bool>>(() => PullOnceAsync(one)));
        await pull.Value.WaitAsync(ct);
    }

    public void Dispose()
    {
        stopping.Cancel();
        stopping.Dispose();
    }

    private async Task<bool> PullOnceAsync(ImageReference image)
    {
        try
        {
            return await Patience.WithinAsync(limits.FetchTimeout, time, async ct =>
            {
                var engine = await containers.EngineAsync(ct);
                await engine.PullAsync(image.ToString(), ct);
                return true;
            }, stopping.Token);
        }
        finally
        {
            underWay.TryRemove(image, out _);
        }
    }
}
