using System.Net;
using GitOps.Triggers.Tests.Hosting;
using GitOps.Triggers.Tests.Support;
using GitOps.Triggers.Tests.Webhooks;
using Xunit;

namespace GitOps.Triggers.Tests.EndToEnd;

/// <summary>An engine whose data are on a disk of their own, which is full or may only be read.</summary>
public sealed class FullDiskSpecs
{
    [Fact]
    [Threat(35)]
    public async Task While_the_disk_is_full_no_delivery_is_acknowledged_that_is_not_stored_and_room_mends_it()
    {
        await using var disk = await SmallDisk.MountAsync(megabytes: 16);
        using var folder = new TempFolder();
        Directory.CreateSymbolicLink(folder["data"], disk.Path);
        await using var engine = new EngineProcess(folder, EngineProcess.DevOnly);
        using var door = new EngineDoor(engine, folder);
        await engine.StartAsync();
        List<string> acknowledged = [];
        Assert.Equal(HttpStatusCode.Accepted, await TakenAsync(door, acknowledged));

        disk.Fill();
        // A page that the database has already may take some more.
        await engine.UntilAsync("a delivery is refused", async () => await TakenAsync(door, acknowledged) is not HttpStatusCode.Accepted);
        var refused = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => door.SendAsync(SignedDelivery.Push())));
        Assert.All(refused, answer => Assert.Equal((HttpStatusCode.ServiceUnavailable, "the database could not store the delivery: see the engine's log\n"), answer));
        await engine.UntilAsync("it is not ready", async () => await door.ReadyAsync() is HttpStatusCode.ServiceUnavailable);
        Assert.Contains("database or disk is full", engine.Log, StringComparison.Ordinal);
        Assert.Equal(acknowledged.Order(StringComparer.Ordinal), door.Stored().Order(StringComparer.Ordinal));

        disk.MakeRoom();
        await engine.UntilAsync("deliveries are taken again", async () => await TakenAsync(door, acknowledged) is HttpStatusCode.Accepted);
        await engine.UntilAsync("it is ready again", async () => await door.ReadyAsync() is HttpStatusCode.OK);
        Assert.Subset(door.Stored(), acknowledged.ToHashSet());
        Assert.False(engine.HasExited);
    }

    [Fact]
    [Threat(35)]
    public async Task On_a_disk_that_may_only_be_read_it_says_so_and_starts_when_it_may_be_written()
    {
        await using var disk = await SmallDisk.MountAsync(megabytes: 16);
        using var folder = new TempFolder();
        Directory.CreateSymbolicLink(folder["data"], disk.Path);
        await disk.RemountAsync("ro");
        await using var engine = new EngineProcess(folder, EngineProcess.DevOnly);
        using var door = new EngineDoor(engine, folder);

        await engine.StartAsync();

        Assert.True(engine.HasExited);
        await engine.UntilAsync("all that it said has come", () => Task.FromResult(engine.Log.Contains("cannot be written: Read-only file system", StringComparison.Ordinal)), TimeSpan.FromSeconds(10));
        Assert.DoesNotContain("another engine", engine.Log, StringComparison.Ordinal);
        await disk.RemountAsync("rw");
        await engine.StartAsync();
        Assert.Equal(HttpStatusCode.Accepted, await door.StatusAsync(SignedDelivery.Push()));
    }

    private static async Task<HttpStatusCode> TakenAsync(EngineDoor door, List<string> acknowledged)
    {
        var delivery = SignedDelivery.Push();
        var status = await door.StatusAsync(delivery);
        if (status is HttpStatusCode.Accepted)
            acknowledged.Add(delivery.Guid!);
        return status;
    }
}
