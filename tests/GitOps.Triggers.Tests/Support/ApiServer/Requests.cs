using System.Collections;

namespace GitOps.Triggers.Tests.Support.ApiServer;

/// <summary>Every request that came in, in order, also those that a fault answered.</summary>
internal sealed class Requests : IReadOnlyCollection<ApiRequest>
{
    private readonly Lock gate = new();
    private readonly List<ApiRequest> all = [];
    private TaskCompletionSource arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public int Count => Snapshot().Count;

    public void Add(ApiRequest request)
    {
        lock (gate)
        {
            all.Add(request);
            arrived.SetResult();
            arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    /// <summary>Forgets what came in until now.</summary>
    public void Clear()
    {
        lock (gate)
            all.Clear();
    }

    /// <summary>The request of that count that the predicate accepts, be it here already or not; waited for at most ten seconds if not said otherwise.</summary>
    public async Task<ApiRequest> WaitAsync(Func<ApiRequest, bool> predicate, int count = 1, TimeSpan? within = null)
    {
        using var deadline = new CancellationTokenSource(within ?? TimeSpan.FromSeconds(30));
        while (true)
        {
            Task next;
            lock (gate)
            {
                if (all.Where(predicate).Skip(count - 1).FirstOrDefault() is { } found)
                    return found;
                next = arrived.Task;
            }
            try
            {
                await next.WaitAsync(deadline.Token);
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException($"The request that was waited for did not come. These came: {string.Join("; ", this)}");
            }
        }
    }

    public IEnumerator<ApiRequest> GetEnumerator() => Snapshot().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private List<ApiRequest> Snapshot()
    {
        lock (gate)
            return [.. all];
    }
}
