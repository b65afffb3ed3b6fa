using System.Net;
using GitOps.Triggers.Tests.Support;
using GitOps.Triggers.Tests.Webhooks;
using Xunit;

namespace GitOps.Triggers.Tests.EndToEnd;

/// <summary>A process that stands still is not gone: a laptop that sleeps, a virtual machine that is moved.</summary>
public sealed class PausedEngineSpecs
{
    [Fact]
    [Threat(36)]
    public async Task While_an_engine_stands_still_no_other_takes_its_data_over_and_it_goes_on()
    {
        using var folder = new TempFolder();
        await using var engine = new EngineProcess(folder, EngineProcess.DevOnly);
        using var door = new EngineDoor(engine, folder);
        await engine.StartAsync();
        engine.Signal("STOP");
        try
        {
            var waiting = door.StatusAsync(SignedDelivery.Push());
            // Its own configuration and port, the same data.
            await using var other = new EngineProcess(folder, EngineProcess.DevOnly);
            using var otherDoor = new EngineDoor(other, folder);

            await other.StartAsync();

            Assert.True(other.HasExited);
            await other.UntilAsync("it has said why", () => Task.FromResult(other.Log.Contains("Is another engine running on it?", StringComparison.Ordinal)), TimeSpan.FromSeconds(10));
            Assert.False(waiting.IsCompleted);
            Assert.Empty(door.Stored());
            engine.Signal("CONT");
            Assert.Equal(HttpStatusCode.Accepted, await waiting);
        }
        finally
        {
            engine.Signal("CONT");
        }

        Assert.Equal(HttpStatusCode.Accepted, await door.StatusAsync(SignedDelivery.Push()));
        Assert.Equal(2, door.Stored().Count);
    }
}
