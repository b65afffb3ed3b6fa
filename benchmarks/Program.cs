using System.Globalization;
using GitOps.Triggers.Benchmarks;

// dotnet run --project benchmarks -c Release [-- NAME...]; see README.md beside this file.
if (args is ["bare-kestrel", var port, var secret])
    return await BareKestrel.ServeAsync(int.Parse(port, CultureInfo.InvariantCulture), secret);
string[] known = ["schedules", "intake", "lint", "local", "build", "push", "fleet", "jobs"];
var asked = args.Length == 0 ? known : args;
if (asked.FirstOrDefault(one => !known.Contains(one)) is { } unknown)
{
    Console.Error.WriteLine($"There is no benchmark '{unknown}'; there is {string.Join(", ", known)}.");
    return 2;
}
#if DEBUG
Console.Error.WriteLine("These are figures of a debug build: call it with -c Release.");
#endif
var repositories = int.Parse(Environment.GetEnvironmentVariable("BENCHMARK_REPOSITORIES") ?? "1000", CultureInfo.InvariantCulture);
foreach (var line in Machine.Lines())
    Console.WriteLine(line);

var all = new List<Result>();
async Task MeasureAsync(string name, Func<Task<IReadOnlyList<Result>>> run, ISite? site = null)
{
    if (!asked.Contains(name))
        return;
    Console.Error.WriteLine(site is null ? name : $"{name}: {site.Name}");
    var results = await run();
    foreach (var result in results)
        Console.Error.WriteLine($"  {result.What}: {result.Seen}");
    all.AddRange(site is null ? results : results.Select(result => result with { What = $"{site.Name}: {result.What}" }));
}

await MeasureAsync("schedules", ScheduleBenchmark.RunAsync);
await MeasureAsync("intake", IntakeBenchmark.RunAsync);
await MeasureAsync("lint", LintBenchmark.RunAsync);
await MeasureAsync("local", LocalBenchmark.RunAsync);
await MeasureAsync("build", BuildBenchmark.RunAsync);
await using (var site = await HandWrittenSite.StartAsync())
    await MeasureAsync("push", () => PushBenchmark.RunAsync(site), site);
await using (var site = await HandWrittenSite.StartAsync())
    await MeasureAsync("fleet", () => FleetBenchmark.RunAsync(site, repositories), site);
await using (var site = await HandWrittenSite.StartAsync())
    await MeasureAsync("jobs", () => JobBenchmark.RunAsync(site), site);
if (Environment.GetEnvironmentVariable(ClusterSite.Variable) is { Length: > 0 } kubeconfig)
{
    await using var site = await ClusterSite.OpenAsync(kubeconfig);
    await MeasureAsync("push", () => PushBenchmark.RunAsync(site), site);
    await MeasureAsync("fleet", () => FleetBenchmark.RunAsync(site, repositories), site);
}

Console.WriteLine("\n| what | seen | limit | |\n|---|---|---|---|");
foreach (var result in all)
    Console.WriteLine($"| {result.What} | {result.Seen} | {result.Limit} | {(result.Limit is null ? "" : result.Held ? "held" : "MISSED")} |");
return all.All(result => result.Held) ? 0 : 1;
