using Xunit;

namespace GitOps.Triggers.Tests.Runs.Replays;

/// <summary>Four weeks of the running clock with its store, as the Kubernetes controller's own code went through them.</summary>
public sealed class LocalClockReplaySpecs
{
    private const string File = "running-clock.jsonl";

    public static TheoryData<string> Names => [.. ReplayScenario.Of(File).Select(scenario => scenario.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    [Threat(38)]
    public async Task The_running_clock_starts_skips_and_misses_what_the_controller_does(string name)
    {
        var scenario = ReplayScenario.Of(File).Single(one => one.Name == name);
        await using var replay = new ClockReplay(scenario);

        await replay.RunAsync();

        Assert.Null(replay.Ledger.Difference(scenario));
    }
}
