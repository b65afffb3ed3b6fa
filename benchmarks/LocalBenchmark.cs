using System.Diagnostics;
using System.Globalization;

namespace GitOps.Triggers.Benchmarks;

/// <summary>
/// From the start of a <c>git push</c> that changes the schedule only, to where the engine's database has the new schedule for this machine's clock. The engine hears
/// of it by the hook that <c>connect</c> puts into the repository. In turn with <c>git push</c> to a repository without a hook.
/// </summary>
internal static class LocalBenchmark
{
    private const int Warmups = 3;
    private const int Rounds = 30;
    private static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static async Task<IReadOnlyList<Result>> RunAsync()
    {
        await using var bench = await LocalBench.StartAsync(folder => [new SourceRepository(folder["git/team.git"], branch: "other")]);
        await bench.UntilDeployedAsync(1, TimeSpan.FromMinutes(1));
        await CliWrap.Cli.Wrap(Engine.Program).WithArguments(["connect", bench.Repositories[0].Url.Value, "--config", bench.File.Path]).ExecuteAsync();
        var clone = await PushedClone.CreateAsync(bench.Repositories[0], bench["work/team"]);
        var twin = new SourceRepository(bench["git/twin.git"], branch: "other");
        twin.Schedule(Schedules.Of(0));
        var bare = await PushedClone.CreateAsync(twin, bench["work/twin"]);
        var (applied, pushes, extras) = (new List<TimeSpan>(), new List<TimeSpan>(), new List<TimeSpan>());
        for (var round = 1; round <= Warmups + Rounds; round++)
        {
            await bare.ScheduleAsync(Schedules.Of(round));
            var push = await bare.PushAsync();
            await clone.ScheduleAsync(Schedules.Of(round));
            var took = await PushAsync(bench, clone, Schedules.Of(round));
            if (round <= Warmups)
                continue;
            applied.Add(took);
            pushes.Add(push);
            extras.Add(took - push);
        }
        var extra = new Figures(extras);
        return
        [
            new("local push: from the start of `git push` to the new schedule applied", new Figures(applied).ToString()),
            new("local push: bare `git push`", new Figures(pushes).ToString()),
            new("local push: applied beyond bare `git push`", extra.ToString(), string.Create(CultureInfo.InvariantCulture, $"≤ {Limit.TotalMilliseconds} ms"), extra.Median <= Limit),
        ];
    }

    private static async Task<TimeSpan> PushAsync(LocalBench bench, PushedClone clone, string schedule)
    {
        var begun = Stopwatch.GetTimestamp();
        var push = clone.PushAsync();
        while (await bench.AppliedAsync(schedule) == 0)
        {
            if (Stopwatch.GetElapsedTime(begun) > Patience)
                throw new InvalidOperationException($"{schedule} was not applied within {Patience}. {bench.Engine.Log}");
            // Seldom enough to leave the two cores to what is measured.
            await Task.Delay(5);
        }
        var took = Stopwatch.GetElapsedTime(begun);
        await push;
        await bench.Engine.UntilAtRestAsync();
        return took;
    }
}
