using System.Diagnostics;
using System.Globalization;

namespace GitOps.Triggers.Benchmarks;

/// <summary>
/// From a push that changes the schedule only, to the CronJob changed in the API server: from the moment at which the webhook is sent, the commit
/// being there, to the moment at which a watch shows the new schedule. In turn with the bare work for the same.
/// </summary>
internal static class PushBenchmark
{
    private const int Warmups = 15;
    private const int Rounds = 60;
    private const double Limit = 2;

    // One after the other in turn: of one alone, so many in a row would be more than the engine looks at at once.
    private const int Repositories = 5;

    public static async Task<IReadOnlyList<Result>> RunAsync(ISite site)
    {
        await using var bench = await Bench.StartAsync(site, Repositories);
        await bench.UntilAsync(0, TimeSpan.FromMinutes(1));
        var twin = new SourceRepository(bench["git/twin.git"]);
        twin.Schedule(Schedules.Of(0));
        var bare = await BareWork.CreateAsync(site, twin, bench["bare.git"], $"{bench.File.Spaces}bare");
        var (pushes, fetches, applies) = (new List<TimeSpan>(), new List<TimeSpan>(), new List<TimeSpan>());
        for (var round = 1; round <= Warmups + Rounds; round++)
        {
            var push = await PushAsync(bench, round);
            var (fetch, apply) = await bare.MeasureAsync(Schedules.Of(round));
            if (round <= Warmups)
                continue;
            pushes.Add(push);
            fetches.Add(fetch);
            applies.Add(apply);
        }
        var both = new Figures([.. fetches.Zip(applies, (fetch, apply) => fetch + apply)]);
        var ratio = new Figures(pushes).Median / both.Median;
        return
        [
            new("push to CronJob", new Figures(pushes).ToString()),
            new("bare `git fetch`", new Figures(fetches).ToString()),
            new("bare server-side apply", new Figures(applies).ToString()),
            new("push to CronJob ÷ (bare fetch + bare apply)", string.Create(CultureInfo.InvariantCulture, $"{ratio:0.00}"), "≤ 2", ratio <= Limit),
        ];
    }

    /// <summary>To dev alone: prod follows with the next push, and is not waited for.</summary>
    private static async Task<TimeSpan> PushAsync(Bench bench, int round)
    {
        var pushed = bench.Repositories[round % Repositories];
        var (before, after) = pushed.Schedule(Schedules.Of(round));
        var begun = Stopwatch.GetTimestamp();
        await bench.Engine.NotifyAsync(pushed, before, after, "main");
        return Stopwatch.GetElapsedTime(begun, await bench.Watch.UntilAsync(1, Schedules.Of(round), TimeSpan.FromSeconds(30), () => bench.Engine.Log));
    }
}
