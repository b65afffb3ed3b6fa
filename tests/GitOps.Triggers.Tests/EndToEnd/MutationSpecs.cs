using System.Globalization;
using System.Net;
using GitOps.Triggers.Tests.Support;
using GitOps.Triggers.Tests.Webhooks;
using Xunit;

namespace GitOps.Triggers.Tests.EndToEnd;

/// <summary>GitHub's own payloads with one thing wrong, to an engine in a process of its own. The environment's <c>MUTATIONS</c> says how many.</summary>
public sealed class MutationSpecs
{
    private const int Senders = 8;

    private static readonly int Count = int.TryParse(Environment.GetEnvironmentVariable("MUTATIONS"), NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : 4_000;

    [Fact]
    [Threat(2)]
    public async Task Whatever_is_wrong_with_a_payload_the_engine_lives_and_stores_what_it_accepted_and_nothing_else()
    {
        var examples = await WebhookExamples.LoadAsync();
        using var folder = new TempFolder();
        await using var engine = new EngineProcess(folder, EngineProcess.DevAndProd);
        using var door = new EngineDoor(engine, folder);
        await engine.StartAsync();
        var before = door.OtherRows();
        var started = System.Diagnostics.Stopwatch.StartNew();

        var taken = await Task.WhenAll(Enumerable.Range(0, Senders).Select(sender => SendAsync(door, examples, sender)));

        TestContext.Current.TestOutputHelper!.WriteLine($"{Count} mutations in {started.Elapsed.TotalSeconds:f1} s, {taken.Sum(ids => ids.Count)} of them accepted");
        Assert.Equal(taken.SelectMany(ids => ids).Order(StringComparer.Ordinal), door.Stored().Order(StringComparer.Ordinal));
        Assert.Equal(before, door.OtherRows());
        Assert.False(engine.HasExited);
        Assert.Equal(HttpStatusCode.OK, await door.ReadyAsync());
    }

    /// <returns>The ids of those that were accepted.</returns>
    private static async Task<List<string>> SendAsync(EngineDoor door, IReadOnlyList<(string Event, byte[] Body)> examples, int sender)
    {
        // Fixed, so that a failure can be seen again.
        var random = new Random(20_240_603 + sender);
        var accepted = new List<string>();
        for (var round = sender; round < Count; round += Senders)
        {
            var (name, body) = examples[random.Next(examples.Count)];
            var delivery = SignedDelivery.Of("") with { Event = name, Body = Mutation.Of(body, random) };
            var (status, text) = await door.SendAsync(delivery);
            Assert.True(status is HttpStatusCode.Accepted or HttpStatusCode.BadRequest, $"round {round}: {status} {text}");
            if (status is HttpStatusCode.Accepted)
                accepted.Add(delivery.Guid!);
        }
        return accepted;
    }
}
