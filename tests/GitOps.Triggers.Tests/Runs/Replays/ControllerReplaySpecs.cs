using GitOps.Triggers.Domain;
using Xunit;

namespace GitOps.Triggers.Tests.Runs.Replays;

/// <summary>Four weeks of many CronJobs, as the Kubernetes controller's own code went through them, and as the local clock's decisions do.</summary>
public sealed class ControllerReplaySpecs(ITestOutputHelper output)
{
    public static TheoryData<string> Files => ["spring.jsonl", "autumn.jsonl", "lord-howe-autumn.jsonl", "cairo.jsonl"];

    [Theory]
    [MemberData(nameof(Files))]
    [Threat(38)]
    public void Four_weeks_have_the_controllers_starts_skips_and_misses(string file)
    {
        var scenarios = ReplayScenario.Of(file);
        var differences = scenarios.AsParallel().AsOrdered().Select(Difference).OfType<string>().ToList();

        output.WriteLine($"{scenarios.Count} scenarios with {scenarios.Sum(scenario => scenario.Expected().Count)} due times, {differences.Count} differ");
        Assert.True(scenarios.Count > 50, $"only {scenarios.Count} scenarios were read");
        Assert.True(differences.Count == 0, string.Join('\n', differences.Take(10)));
    }

    [Fact]
    public void The_scenarios_hold_all_that_can_happen()
    {
        var scenarios = Files.SelectMany(file => ReplayScenario.Of(file.Data)).ToList();
        var fates = scenarios.SelectMany(scenario => scenario.Fates).ToList();

        foreach (var word in new[] { " started", "started+", " replaced", " forbidden", "forbidden+", " blocked", " suspended", "suspended+", " passed" })
            Assert.Contains(fates, fate => fate.Contains(word, StringComparison.Ordinal));
        Assert.Equal(["down", "resume", "schedule", "suspend", "up"], scenarios.SelectMany(scenario => scenario.Actions).Select(action => action.Do).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(Enum.GetValues<ConcurrencyPolicy>().Order(), scenarios.Select(scenario => scenario.ConcurrencyPolicy).Distinct().Order());
        Assert.Equal([null, 200, 7200], scenarios.Select(scenario => scenario.StartingDeadlineSeconds).Distinct().Order());
        Assert.Contains(scenarios, scenario => scenario.TooManyMissed.Count > 0);
        Assert.Contains(scenarios, scenario => scenario.ReachedBack.Count > 0);
        Assert.Contains(scenarios, scenario => scenario.Due.Count == 0);
    }

    private static string? Difference(ReplayScenario scenario)
    {
        var replay = new DecisionReplay(scenario).Run();
        var difference = replay.Ledger.Difference(scenario)
            ?? scenario.ReachedBack.Where(replay.Ledger.Knows).Select(due => $"{due:u} lies before a change of the schedule, and was never due").FirstOrDefault()
            ?? (replay.ManyMissed.SequenceEqual(scenario.TooManyMissed) ? null : $"the controller warned of many missed times at [{string.Join(' ', scenario.TooManyMissed.Select(at => at.ToString("u")))}], the engine would at [{string.Join(' ', replay.ManyMissed.Select(at => at.ToString("u")))}]");
        return difference is null ? null : $"{scenario.Name} ({scenario.Schedule} {scenario.TimeZone}, {scenario.ConcurrencyPolicy}, deadline {scenario.StartingDeadlineSeconds}): {difference}";
    }
}
