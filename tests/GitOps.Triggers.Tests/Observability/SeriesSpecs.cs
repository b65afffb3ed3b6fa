using System.Globalization;
using System.Text;
using GitOps.Triggers.Observability;
using GitOps.Triggers.Tests.Webhooks;
using Prometheus;
using Xunit;

namespace GitOps.Triggers.Tests.Observability;

/// <summary>Who may push may name branches as they like, and who knows the secret events too: neither makes series. BRANCH_NAMES says of how many, 10,000 if not said.</summary>
public sealed class SeriesSpecs
{
    private const int AtOnce = 16;

    private static int Names => int.TryParse(Environment.GetEnvironmentVariable("BRANCH_NAMES"), NumberStyles.None, CultureInfo.InvariantCulture, out var names) ? names : 10_000;

    [Fact]
    [Threat(27)]
    public async Task However_many_branches_and_events_there_are_series_stay_as_few()
    {
        await using var door = await WebhookDoor.OpenAsync();
        var registry = Metrics.NewCustomRegistry();
        door.Engine.Events.Subscribe(new MetricsListener(new EngineMetrics(registry), new RepositoryNames(door.Engine.Repositories)).On);
        await SendAsync(door, 0, AtOnce);
        var few = await SeriesAsync(registry);

        await SendAsync(door, AtOnce, Names);

        Assert.Equal(few, await SeriesAsync(registry));
    }

    private static Task SendAsync(WebhookDoor door, int from, int to) => Parallel.ForEachAsync(
        Enumerable.Range(from, to - from),
        new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = TestContext.Current.CancellationToken },
        async (number, ct) =>
        {
            var push = SignedDelivery.Push($"feature/{number}");
            // Every other one comes under a name that GitHub has not.
            using var request = (number % 2 == 0 ? push : push with { Event = EventName(number) }).Request();
            using var answer = await door.Http.SendAsync(request, ct);
            Assert.True(answer.IsSuccessStatusCode, answer.ToString());
        });

    /// <summary>Of letters, as GitHub's are.</summary>
    private static string EventName(int number) => string.Concat(number.ToString(CultureInfo.InvariantCulture).Select(digit => (char)(digit - '0' + 'a')));

    /// <returns>The name and labels of each.</returns>
    private static async Task<IReadOnlyList<string>> SeriesAsync(CollectorRegistry registry)
    {
        using var text = new MemoryStream();
        await registry.CollectAndExportAsTextAsync(text, TestContext.Current.CancellationToken);
        return [.. Encoding.UTF8.GetString(text.ToArray()).Split('\n').Where(line => line.Length > 0 && line[0] != '#').Select(line => line[..line.LastIndexOf(' ')]).Order(StringComparer.Ordinal)];
    }
}
