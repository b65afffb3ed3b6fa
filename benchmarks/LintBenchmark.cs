using System.Diagnostics;
using CliWrap.Buffered;
using GitOps.Triggers.Tests.Support;

namespace GitOps.Triggers.Benchmarks;

/// <summary><c>gitops-triggers lint</c> of git checkouts, from the start of the process to its end; in turn with a process that only tells its version.</summary>
internal static class LintBenchmark
{
    // As many as one repository may have, five times.
    private const int Checkouts = 5;
    private const int Manifests = 200;
    private const int Rounds = 11;
    private static readonly TimeSpan LimitOfAll = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LimitOfOne = TimeSpan.FromSeconds(0.5);

    public static async Task<IReadOnlyList<Result>> RunAsync()
    {
        using var folder = new TempFolder();
        var source = new SourceRepository(folder["unused.git"], Manifests, branch: "other");
        var checkouts = Enumerable.Range(1, Checkouts).Select(number => $"team-{number}").ToArray();
        foreach (var checkout in checkouts)
        {
            foreach (var trigger in source.Triggers)
                folder.Write($"{checkout}/{trigger}/trigger.yaml", source.Manifest(trigger, Schedules.Of(0)));
            await CliWrap.Cli.Wrap("git").WithArguments(["init", "--quiet", folder[checkout]]).ExecuteAsync();
        }
        var one = $"{checkouts[0]}/{source.Triggers[0]}/trigger.yaml";
        var (starts, ones, alls) = (new List<TimeSpan>(), new List<TimeSpan>(), new List<TimeSpan>());
        for (var round = 0; round <= Rounds; round++)
        {
            var start = await RunAsync(folder, "", "--version");
            var single = await RunAsync(folder, "1 file, nothing to mend", "lint", one);
            var all = await RunAsync(folder, "1000 files, nothing to mend", ["lint", .. checkouts]);
            if (round == 0)
                continue;
            starts.Add(start);
            ones.Add(single);
            alls.Add(all);
        }
        return
        [
            new("lint: 1,000 manifests", new Figures(alls).ToString(), "< 2 s", new Figures(alls).Median < LimitOfAll),
            new("lint: one manifest", new Figures(ones).ToString(), "< 500 ms", new Figures(ones).Median < LimitOfOne),
            new("lint: bare start, `gitops-triggers --version`", new Figures(starts).ToString()),
        ];
    }

    private static async Task<TimeSpan> RunAsync(TempFolder folder, string says, params string[] arguments)
    {
        var begun = Stopwatch.GetTimestamp();
        var result = await CliWrap.Cli.Wrap(Engine.Program).WithArguments(arguments).WithWorkingDirectory(folder.Path).ExecuteBufferedAsync();
        var took = Stopwatch.GetElapsedTime(begun);
        return result.StandardError.Contains(says, StringComparison.Ordinal) ? took : throw new InvalidOperationException($"It did not say '{says}' but: {result.StandardError}");
    }
}
