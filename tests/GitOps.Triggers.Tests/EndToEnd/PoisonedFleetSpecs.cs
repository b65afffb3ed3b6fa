using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using GitOps.Triggers.Tests.Support;
using GitOps.Triggers.Web;
using Xunit;

namespace GitOps.Triggers.Tests.EndToEnd;

/// <summary>A real engine with many repositories of real git, and one whose host takes connections and says nothing. The environment's <c>REPOSITORIES</c> says of how many.</summary>
public sealed class PoisonedFleetSpecs
{
    private static readonly int Count = int.TryParse(Environment.GetEnvironmentVariable("REPOSITORIES"), NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : 25;

    [Fact]
    [Threat(19)]
    public async Task With_one_host_that_never_answers_the_others_are_served_as_fast_as_without_it()
    {
        using var folder = new TempFolder();
        var model = await WorkingCopy.CreateAsync(folder, "model");
        var commit = await model.CommitAsync("first");
        await model.PushAsync("main");
        List<string> good = [.. Enumerable.Range(1, Count - 1).Select(number => Copied(model.BareFolder, folder[string.Create(CultureInfo.InvariantCulture, $"good-{number}.git")]))];
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();

        var without = await ServedAsync(good, commit);
        var with = await ServedAsync([$"http://{silent.LocalEndpoint}/poisoned.git", .. good], commit);

        TestContext.Current.TestOutputHelper!.WriteLine($"{good.Count} repositories were served in {without.TotalSeconds:f1} s without the poisoned one and in {with.TotalSeconds:f1} s with it");
        Assert.True(silent.Pending(), "the poisoned one was never asked");
        // Far from a fetch's limit of five minutes, and no measure of a machine that others share.
        Assert.InRange(with, TimeSpan.Zero, (2 * without) + TimeSpan.FromSeconds(10));
    }

    /// <returns>From the engine's start until the first pass of each but the poisoned one is over.</returns>
    private static async Task<TimeSpan> ServedAsync(IReadOnlyList<string> urls, string commit)
    {
        using var data = new TempFolder();
        await using var engine = new EngineProcess(data, EngineProcess.DevOnly + "\nrepositories:\n" + string.Join("\n", urls.Select(url => $"  - url: \"{url}\"")));
        var since = Stopwatch.StartNew();
        await engine.StartAsync();
        await engine.UntilAsync(
            "all that can be served are",
            async () => (await engine.GetAsync<IReadOnlyList<RepositoryView>>("repositories")).Where(view => view.Name.StartsWith("good-", StringComparison.Ordinal))
                .All(view => view.Passes.Any(pass => pass.Commit == commit && !pass.Due)),
            TimeSpan.FromMinutes(20));
        return since.Elapsed;
    }

    private static string Copied(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
        // Without it, git takes a folder for no repository.
        Directory.CreateDirectory(Path.Combine(to, "refs"));
        return "file://" + to;
    }
}
