using System.Collections.Concurrent;
using GitOps.Triggers.Tests.Webhooks;

namespace GitOps.Triggers.Tests.EndToEnd.Kills;

/// <summary>Brings webhooks to the engine as a bad network does: one in five not at all, others twice, late, or in another order.</summary>
internal sealed class Courier(EngineProcess engine, string secret, Random random) : IDisposable
{
    private readonly HttpClient http = new() { BaseAddress = new Uri($"http://127.0.0.1:{engine.Port}"), Timeout = TimeSpan.FromSeconds(20) };
    private readonly ConcurrentBag<string> acknowledged = [];
    private readonly List<SignedDelivery> later = [];
    private List<Task> underWay = [];

    /// <summary>Ids of the deliveries that were answered with 2xx.</summary>
    public IReadOnlyCollection<string> Acknowledged => acknowledged;

    public void Send(IEnumerable<(KillSource Source, string Branch)> pushes)
    {
        var due = later.ToList();
        later.Clear();
        foreach (var (source, branch) in pushes)
        {
            var delivery = SignedDelivery.Push(branch, source.Url) with { Secret = secret };
            switch (random.Next(10))
            {
                case < 2:
                    break;
                case 2:
                    later.Add(delivery);
                    break;
                case < 5:
                    due.AddRange([delivery, delivery]);
                    break;
                default:
                    due.Add(delivery);
                    break;
            }
        }
        if (random.Next(2) == 0)
            due.Reverse();
        underWay.AddRange([.. due.Select(delivery => SendAsync(delivery, TimeSpan.FromMilliseconds(random.Next(2) * random.Next(500))))]);
    }

    /// <summary>When each has been answered, or its engine is gone.</summary>
    public async Task EndAsync()
    {
        await Task.WhenAll(underWay);
        underWay = [];
    }

    public void Dispose() => http.Dispose();

    private async Task SendAsync(SignedDelivery delivery, TimeSpan delay)
    {
        await Task.Delay(delay);
        try
        {
            using var request = delivery.Request();
            using var answer = await http.SendAsync(request);
            if (answer.IsSuccessStatusCode)
                acknowledged.Add(delivery.Guid!);
        }
        catch (Exception lost) when (lost is HttpRequestException or TaskCanceledException)
        {
            // Not acknowledged.
        }
    }
}
