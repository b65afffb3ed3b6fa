using System.Globalization;
using GitOps.Triggers.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace GitOps.Triggers.Benchmarks;

/// <summary>
/// How many signed pushes a second are taken in. The engine has each on the disk before it answers; the servers beside it, which get the very same load in turn,
/// keep nothing. Once the pushed branch feeds an environment, so that each push marks it and passes go on meanwhile; once it feeds none, so that it is stored only.
/// </summary>
internal static class IntakeBenchmark
{
    private const string Repository = "Codertocat/Hello-World";
    private const string Branch = "master";
    private const int WarmUp = 3;
    private const int Seconds = 5;
    private const int Rounds = 4;
    private const double ProbotLimit = 2;
    private static readonly TimeSpan Slowest = TimeSpan.FromMilliseconds(20);

    public static async Task<IReadOnlyList<Result>> RunAsync()
    {
        using var folder = new TempFolder();
        var payload = folder.Write("push.json", "");
        await Peers.PrepareAsync(payload);
        await using var marking = await StartAsync(Branch);
        await using var storing = await StartAsync("main");
        var secret = marking.File.SecretFile;
        await using var octokit = await LoadedServer.StartAsync("node", [Peers.File("octokit.js")], secret);
        await using var probot = await LoadedServer.StartAsync("node", [Peers.File("probot.js")], secret);
        await using var kestrel = await LoadedServer.StartAsync(Environment.ProcessPath!, ["bare-kestrel"], secret);

        var load = new WebhookLoad(payload, marking.File.Secret);
        var servers = new[] { Stored(marking, payload), Stored(storing, payload), Answered(octokit, load), Answered(probot, load), Answered(kestrel, load) };
        foreach (var server in servers)
            await server(WarmUp);
        var rounds = new List<LoadFigures[]>();
        for (var round = 0; round < Rounds; round++)
        {
            var seen = new List<LoadFigures>();
            foreach (var server in servers)
                seen.Add(await server(Seconds));
            rounds.Add([.. seen]);
        }
        return Tell(rounds);
    }

    private static Task<LocalBench> StartAsync(string branch) => LocalBench.StartAsync(folder => [new SourceRepository(folder["git/pushed.git"], name: Repository, branch: Branch)], branch);

    private static IReadOnlyList<Result> Tell(List<LoadFigures[]> rounds)
    {
        string Rate(int server) => Range(rounds.Select(round => round[server].PerSecond), "0", " a second");
        string Processor(int server) => Range(rounds.Select(round => round[server].Processor.TotalMicroseconds / round[server].Requests), "0", " µs");
        string Slow(int server) => Range(rounds.Select(round => round[server].P99 / 1000.0), "0.0", " ms");
        Result Ratio(string other, int server, double limit)
        {
            var ratios = rounds.Select(round => round[0].PerSecond / round[server].PerSecond).ToList();
            return new($"signed pushes: engine ÷ {other}", Range(ratios, "0.00", ""), string.Create(CultureInfo.InvariantCulture, $"≥ {limit}"), Median(ratios) >= limit);
        }
        var slowest = TimeSpan.FromMicroseconds(Median(rounds.Select(round => (double)round[0].P99)));
        return
        [
            new("signed pushes: engine, each on the disk", Rate(0)),
            new("signed pushes: `@octokit/webhooks`, kept nowhere", Rate(2)),
            Ratio("`@octokit/webhooks`", 2, 1),
            new("signed pushes: `probot`, kept nowhere", Rate(3)),
            Ratio("`probot`", 3, ProbotLimit),
            new("signed pushes: engine, 99 of 100 are answered within", Slow(0), "< 20 ms", slowest < Slowest),
            new("signed pushes: `@octokit/webhooks`, 99 of 100 within", Slow(2)),
            new("signed pushes: `probot`, 99 of 100 within", Slow(3)),
            new("signed pushes: answered, and found in the database", string.Create(CultureInfo.InvariantCulture, $"{rounds.Sum(round => round[0].Requests)}"), "all", Held: true),
            new("signed pushes: engine, of a branch that marks nothing", Rate(1)),
            new("signed pushes: engine, processor time for each", Processor(0)),
            new("signed pushes: engine, processor time for each of a branch that marks nothing", Processor(1)),
            new("signed pushes: bare Kestrel with the check of the signature", Rate(4)),
        ];
    }

    private static Func<int, Task<LoadFigures>> Answered(LoadedServer server, WebhookLoad load) => seconds => load.RunAsync(server.Url, seconds);

    /// <summary>A load whose every answer is held against the database.</summary>
    private static Func<int, Task<LoadFigures>> Stored(LocalBench bench, string payload) => async seconds =>
    {
        var (before, cpu) = (await RowsAsync(bench), bench.Engine.Cpu.Own);
        var figures = await new WebhookLoad(payload, bench.File.Secret).RunAsync(bench.File.Url, seconds);
        var stored = await RowsAsync(bench) - before;
        return stored >= figures.Requests ? figures with { Processor = bench.Engine.Cpu.Own - cpu } : throw new InvalidOperationException($"{figures.Requests} pushes were answered, and {stored} of them are in the database.");
    };

    /// <summary>Old deliveries may be taken away meanwhile; the number of the newest row goes on all the same.</summary>
    private static async Task<long> RowsAsync(LocalBench bench)
    {
        await using var context = bench.Look();
        return await context.Database.SqlQueryRaw<long>("SELECT COALESCE(MAX(rowid), 0) AS Value FROM deliveries").SingleAsync();
    }

    private static string Range(IEnumerable<double> values, string format, string unit)
    {
        var all = values.Order().ToList();
        string Text(double value) => value.ToString(format, CultureInfo.InvariantCulture);
        return $"{Text(Median(all))}{unit} ({Text(all[0])} to {Text(all[^1])}, n = {all.Count})";
    }

    private static double Median(IEnumerable<double> values)
    {
        var all = values.Order().ToList();
        return (all[(all.Count - 1) / 2] + all[all.Count / 2]) / 2;
    }
}
