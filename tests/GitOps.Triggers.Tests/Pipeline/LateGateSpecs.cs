using GitOps.Triggers.Domain;
using GitOps.Triggers.Tests.Planning;
using Xunit;

namespace GitOps.Triggers.Tests.Pipeline;

/// <summary>Gates that close while an image is built.</summary>
public sealed class LateGateSpecs
{
    [Fact]
    public async Task What_was_built_until_a_freeze_began_waits_for_its_end_and_is_not_built_again()
    {
        // The bench's clock stands at Wednesday noon.
        var frozen = PassBench.Environment("dev") with { Gates = new Gates { Freeze = [Given.Freeze("5 12 * * WED", "2h")] } };
        await using var bench = await PassBench.CreateAsync(frozen);
        bench.Builder.Meanwhile = (_, _) =>
        {
            bench.Time.Advance(TimeSpan.FromMinutes(10));
            return Task.CompletedTask;
        };

        await bench.PassAsync("dev");

        Assert.Empty(await bench.DeploymentsAsync("dev"));
        var status = await bench.StatusAsync("dev");
        Assert.Equal((TriggerState.Held, "dev is frozen until 2026-03-04 14:05 UTC"), (status.State, status.Message));

        bench.Time.Advance(TimeSpan.FromHours(2));
        await bench.PassAsync("dev");

        Assert.Equal(1, bench.Builder.Begun);
        Assert.Single(await bench.DeploymentsAsync("dev"));
    }
}
