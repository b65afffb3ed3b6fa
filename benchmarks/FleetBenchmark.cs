using System.Diagnostics;
using System.Globalization;

namespace GitOps.Triggers.Benchmarks;

/// <summary>
/// A thousand repositories with two environments each. All are deployed, all get a new schedule at once, and then all are looked at though nothing
/// has changed. Every pass fetches from git and compares with the cluster; no image is built.
/// </summary>
internal static class FleetBenchmark
{
    private const int AtOnce = 16;
    private const double MostMemory = 300;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan ResyncLimit = TimeSpan.FromSeconds(10);

    public static async Task<IReadOnlyList<Result>> RunAsync(ISite site, int repositories)
    {
        await using var bench = await Bench.StartAsync(site, repositories);
        var begun = Stopwatch.GetTimestamp();
        await bench.UntilAsync(0, Patience);
        await bench.Engine.UntilAtRestAsync();
        var first = Stopwatch.GetElapsedTime(begun);
        var pushes = bench.Repositories.Select(repository => (Repository: repository, Commits: repository.Schedule(Schedules.Of(1)))).ToList();

        var change = await MeasureAsync(bench, async () =>
        {
            await Parallel.ForEachAsync(pushes, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (push, _) =>
            {
                foreach (var branch in (string[])["main", "prod"])
                    await bench.Engine.NotifyAsync(push.Repository, push.Commits.Before, push.Commits.After, branch);
            });
            await bench.UntilAsync(1, Patience);
        });
        await bench.Engine.UntilAtRestAsync();
        var versions = bench.Watch.Versions;
        var requests = (site as HandWrittenSite)?.Server.Requests;
        requests?.Clear();

        var resync = await MeasureAsync(bench, bench.Engine.SyncAsync);
        var written = bench.Watch.Versions.Count(one => one.Value != versions.GetValueOrDefault(one.Key)) + (requests?.Count(request => request.Verb != "GET") ?? 0);
        var peak = bench.Engine.PeakMemory;
        var fleet = string.Create(CultureInfo.InvariantCulture, $"{repositories} repositories × 2 environments");
        return
        [
            new($"{fleet}: first deployment, with {2 * repositories} namespaces", InWords(first)),
            new($"{fleet}: all changed at once, all applied", change.Said),
            new($"{fleet}: looked at unchanged", resync.Said, "≤ 10 s", resync.Took <= ResyncLimit),
            new($"{fleet}: writes while nothing has changed", written.ToString(CultureInfo.InvariantCulture), "0", written == 0),
            new($"{fleet}: the engine's memory at its peak, over all of that", string.Create(CultureInfo.InvariantCulture, $"{peak:0} MB (at the end {bench.Engine.Memory:0} MB)"), "≤ 300 MB", peak <= MostMemory),
        ];
    }

    private static async Task<(TimeSpan Took, string Said)> MeasureAsync(Bench bench, Func<Task> work)
    {
        var (cpu, begun) = (bench.Engine.Cpu, Stopwatch.GetTimestamp());
        await work();
        var (took, after) = (Stopwatch.GetElapsedTime(begun), bench.Engine.Cpu);
        return (took, string.Create(CultureInfo.InvariantCulture, $"{InWords(took)} (processor time: engine {(after.Own - cpu.Own).TotalSeconds:0.0} s, git {(after.Children - cpu.Children).TotalSeconds:0.0} s)"));
    }

    private static string InWords(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} s");
}
