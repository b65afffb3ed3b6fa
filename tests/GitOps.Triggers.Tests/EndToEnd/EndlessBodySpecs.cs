using System.Globalization;
using System.Net;
using GitOps.Triggers.Tests.Support;
using GitOps.Triggers.Tests.Webhooks;
using Xunit;

namespace GitOps.Triggers.Tests.EndToEnd;

/// <summary>An engine in a process of its own, at the limit that it has by itself: what it needs of memory is its own, and not the tests'.</summary>
public sealed class EndlessBodySpecs
{
    private const string Headers = "X-GitHub-Event: push\r\nX-GitHub-Delivery: 72d3162e-cc78-11e3-81ab-4c9367dc0958\r\nContent-Type: application/json\r\n";

    // One value without an end: the worst there is for a reader that streams.
    private static readonly byte[] Chunk = [.. Enumerable.Repeat((byte)'x', 64 << 10)];

    [Theory]
    [Threat(1)]
    [InlineData("X-Hub-Signature-256: sha256=0000000000000000000000000000000000000000000000000000000000000000\r\n")]
    [InlineData("")]
    public async Task A_hundred_bodies_of_25_MiB_and_on_leave_a_real_engine_small_and_open_to_others(string signature)
    {
        using var folder = new TempFolder();
        await using var engine = new EngineProcess(folder, EngineProcess.DevOnly);
        using var door = new EngineDoor(engine, folder);
        await engine.StartAsync();
        Assert.Equal(HttpStatusCode.Accepted, await door.StatusAsync(SignedDelivery.Push()));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        stop.CancelAfter(TimeSpan.FromMinutes(5));
        var before = HighestMemory(engine.Id);

        var attackers = Enumerable.Range(0, 100).Select(_ => AttackAsync(door.Address, signature, stop.Token)).ToList();
        var served = 0;
        do
        {
            Assert.Equal(HttpStatusCode.Accepted, await door.StatusAsync(SignedDelivery.Push()));
            served++;
        }
        while (!attackers.TrueForAll(attacker => attacker.IsCompleted));

        var ends = await Task.WhenAll(attackers);
        // Who goes on sending may lose the answer with the connection (0), and where the machine has no time left is told that it is too slow (408).
        Assert.All(ends, end => Assert.Contains(end.Status, new[] { 413, 408, 0 }));
        Assert.Contains(ends, end => end.Status == 413 && end.Sent >= (25L << 20) - Chunk.Length);
        // Twice the limit is where the server cuts what follows a refusal; some more is on its way.
        Assert.All(ends, end => Assert.InRange(end.Sent, 0, (50L << 20) + (16L << 20)));
        var grown = HighestMemory(engine.Id) - before;
        TestContext.Current.TestOutputHelper!.WriteLine($"{ends.Count(end => end.Status == 413)} were told 413; {served} deliveries were taken meanwhile; the engine's memory grew by {grown >> 20} MiB");
        // A sixth of what was sent within the limit.
        Assert.InRange(grown, 0, 400L << 20);
        Assert.InRange(served, 5, int.MaxValue);
        Assert.False(engine.HasExited);
    }

    private static async Task<(int Status, long Sent)> AttackAsync(Uri address, string signature, CancellationToken ct)
    {
        using var connection = await RawConnection.OpenAsync(address, ct);
        await connection.HeadAsync($"{Headers}{signature}Transfer-Encoding: chunked", ct);
        await connection.ChunkAsync("{\"x\":\""u8.ToArray(), ct);
        var sending = connection.ChunksForEverAsync(Chunk, ct);
        var status = await connection.StatusAsync(ct);
        connection.Dispose();
        return (status, await sending);
    }

    /// <returns>The most that a process has ever held in memory at once, in bytes.</returns>
    private static long HighestMemory(int process)
    {
        var line = File.ReadLines($"/proc/{process}/status").Single(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) << 10;
    }
}
