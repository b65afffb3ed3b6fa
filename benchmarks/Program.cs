using System.Globalization;
using GitOps.Triggers.Benchmarks;

// dotnet run --project benchmarks -c Release [-- push fleet jobs]; see README.md beside this file.
string[] known = ["push", "fleet", "jobs"];
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
async Task MeasureAsync(string name, ISite site, Func<Task<IReadOnlyList<Result>>> run)
{
    if (!asked.Contains(name))
        return;
    Console.Error.WriteLine($"{name}: {site.Name}");
    var results = await run();
    foreach (var result in results)
        Console.Error.WriteLine($"  {result.What}: {result.Seen}");
    all.AddRange(results.Select(result => result with { What = $"{site.Name}: {result.What}" }));
}

await using (var site = await HandWrittenSite.StartAsync())
    await MeasureAsync("push", site, () => PushBenchmark.RunAsync(site));
await using (var site = await HandWrittenSite.StartAsync())
    await MeasureAsync("fleet", site, () => FleetBenchmark.RunAsync(site, repositories));
await using (var site = await HandWrittenSite.StartAsync())
    await MeasureAsync("jobs", site, () => JobBenchmark.RunAsync(site));
if (Environment.GetEnvironmentVariable(ClusterSite.Variable) is { Length: > 0 } kubeconfig)
{
    await using var site = await ClusterSite.OpenAsync(kubeconfig);
    await MeasureAsync("push", site, () => PushBenchmark.RunAsync(site));
    await MeasureAsync("fleet", site, () => FleetBenchmark.RunAsync(site, repositories));
}

Console.WriteLine("\n| what | seen | limit | |\n|---|---|---|---|");
foreach (var result in all)
    Console.WriteLine($"| {result.What} | {result.Seen} | {result.Limit} | {(result.Limit is null ? "" : result.Held ? "held" : "MISSED")} |");
return all.All(result => result.Held) ? 0 : 1;
