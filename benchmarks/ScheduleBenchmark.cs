using System.Diagnostics;
using System.Globalization;
using GitOps.Triggers.Storage;
using Microsoft.EntityFrameworkCore;

namespace GitOps.Triggers.Benchmarks;

/// <summary>
/// Ten thousand schedules of this machine: what they cost while none is due, and how soon a thousand that are due in the same minute are decided, which is
/// that their run records are in the database. The runs then stand in line; their image cannot be pulled, so that none of them becomes a container.
/// </summary>
internal static class ScheduleBenchmark
{
    private const int Repositories = 100;
    private const int Triggers = 100;
    private const int Due = 1_000;
    private const double MostCpu = 0.02;
    private const double MostMemory = 200;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan DecidedWithin = TimeSpan.FromSeconds(1);

    public static async Task<IReadOnlyList<Result>> RunAsync()
    {
        await using var bench = await LocalBench.StartAsync(folder => Enumerable.Range(1, Repositories).Select(number => new SourceRepository(folder[$"git/team-{number}.git"], Triggers, branch: "other")));
        var begun = Stopwatch.GetTimestamp();
        await bench.UntilDeployedAsync(Repositories * Triggers, Patience);
        var first = Stopwatch.GetElapsedTime(begun);
        var cpu = await IdleAsync(bench.Engine);
        var (memory, peak) = (bench.Engine.Memory, bench.Engine.PeakMemory);

        var at = await MakeDueAsync(bench);
        var decided = await DecidedAsync(bench, at);
        var bare = await StoreBareAsync(bench, at);
        return
        [
            new("10,000 local schedules: first deployment", string.Create(CultureInfo.InvariantCulture, $"{first.TotalSeconds:0.0} s")),
            new("10,000 local schedules: processor, while none is due", string.Create(CultureInfo.InvariantCulture, $"{cpu:0.00 %} of one core over {Idle.TotalSeconds:0} s"), "< 2 %", cpu < MostCpu),
            new("10,000 local schedules: memory, while none is due", string.Create(CultureInfo.InvariantCulture, $"{memory:0} MB"), "< 200 MB", memory < MostMemory),
            new("10,000 local schedules: memory at its peak, over deployment too", string.Create(CultureInfo.InvariantCulture, $"{peak:0} MB"), "< 200 MB", peak < MostMemory),
            new("1,000 due in one minute: all decided after it began", InMilliseconds(decided[^1]), "≤ 1 s", decided[^1] <= DecidedWithin),
            new("1,000 due in one minute: half decided", InMilliseconds(decided[Due / 2])),
            new("1,000 due in one minute: bare write of the same records", InMilliseconds(bare)),
        ];
    }

    /// <summary>What it takes of one core, with the programs that it starts.</summary>
    private static async Task<double> IdleAsync(Engine engine)
    {
        await Task.Delay(Settling);
        var (before, begun) = (engine.Cpu, Stopwatch.GetTimestamp());
        await Task.Delay(Idle);
        var after = engine.Cpu;
        return (after.Own - before.Own + after.Children - before.Children) / Stopwatch.GetElapsedTime(begun);
    }

    /// <summary>Pushes to some repositories a schedule that is due soon.</summary>
    /// <returns>When that is.</returns>
    private static async Task<DateTimeOffset> MakeDueAsync(LocalBench bench)
    {
        var now = DateTimeOffset.UtcNow;
        var at = new DateTimeOffset(now.Year, now.Month, now.Day, now.Hour, now.Minute, 0, TimeSpan.Zero).AddMinutes(now.Second < 20 ? 1 : 2);
        var local = TimeZoneInfo.ConvertTime(at, TimeZoneInfo.FindSystemTimeZoneById("Europe/Oslo"));
        var schedule = string.Create(CultureInfo.InvariantCulture, $"{local.Minute} {local.Hour} * * *");
        foreach (var repository in bench.Repositories.Take(Due / Triggers))
        {
            var (before, after) = repository.Schedule(schedule);
            await bench.Engine.NotifyAsync(repository, before, after, "main");
        }
        await bench.Engine.UntilAtRestAsync();
        var applied = await bench.AppliedAsync(schedule);
        return applied == Due && DateTimeOffset.UtcNow < at ? at : throw new InvalidOperationException($"{applied} of {Due} had the schedule {schedule} at {DateTimeOffset.UtcNow:T}.");
    }

    /// <returns>How long after that time the first, second, … record was seen in the database.</returns>
    private static async Task<TimeSpan[]> DecidedAsync(LocalBench bench, DateTimeOffset at)
    {
        await Task.Delay(at - DateTimeOffset.UtcNow - TimeSpan.FromMilliseconds(100));
        var seen = new List<TimeSpan>();
        while (seen.Count < Due)
        {
            if (DateTimeOffset.UtcNow - at > Patience)
                throw new InvalidOperationException($"Only {seen.Count} of {Due} were decided within {Patience}. {bench.Engine.Log}");
            await using var context = bench.Look();
            var count = await context.Runs.CountAsync(run => run.ScheduledFor == at);
            var after = DateTimeOffset.UtcNow - at;
            seen.AddRange(Enumerable.Repeat(after, count - seen.Count));
            await Task.Delay(5);
        }
        return [.. seen];
    }

    /// <summary>The physical limit: the very same rows, copied into an empty database in one transaction.</summary>
    private static async Task<TimeSpan> StoreBareAsync(LocalBench bench, DateTimeOffset at)
    {
        using var database = new Database(bench["bare"]);
        await database.OpenAsync(CancellationToken.None);
        await using var context = database.CreateDbContext();
        await context.Database.ExecuteSqlAsync($"ATTACH {Database.FileIn(bench.File.DataFolder)} AS engine");
        var due = at.ToUnixTimeMilliseconds();
        var begun = Stopwatch.GetTimestamp();
        await using var transaction = await context.Database.BeginTransactionAsync();
        await context.Database.ExecuteSqlAsync($"INSERT INTO runs SELECT * FROM engine.runs WHERE ScheduledFor = {due}");
        await context.Database.ExecuteSqlAsync($"INSERT INTO local_jobs SELECT * FROM engine.local_jobs WHERE Id IN (SELECT Id FROM runs)");
        await transaction.CommitAsync();
        return Stopwatch.GetElapsedTime(begun);
    }

    private static string InMilliseconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0} ms");
}
