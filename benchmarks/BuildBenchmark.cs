using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using CliWrap.Buffered;
using GitOps.Triggers.Domain;
using Microsoft.EntityFrameworkCore;

namespace GitOps.Triggers.Benchmarks;

/// <summary>
/// A build by the engine, from when its turn has come to when its image's digest is stored: the context is exported from git, podman builds it, the image is named.
/// In turn with <c>podman build</c> of the same commit's files, which were exported before. Neither has a cache, as each build of the engine.
/// </summary>
internal static class BuildBenchmark
{
    private const int Rounds = 5;
    private const int Files = 200;
    private const double Limit = 1.05;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Steps that take some seconds, as installing what a job needs does.</summary>
    private const string Dockerfile = """
        ARG BASE=localhost/gitops-triggers-tests/busybox:latest
        FROM ${BASE}
        WORKDIR /app
        COPY . .
        RUN for pass in 1 2 3 4 5 6; do cat files/* | gzip -9 | sha256sum; done > sums
        USER 65532:65532
        ENTRYPOINT ["/bin/sh"]

        """;

    public static async Task<IReadOnlyList<Result>> RunAsync()
    {
        var name = $"bench-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(3))}";
        await using var bench = await LocalBench.StartAsync(folder => [new SourceRepository(folder[$"git/{name}.git"], branch: "other")], images: "builder: { kind: local }");
        try
        {
            return await RunAsync(bench, name);
        }
        finally
        {
            var images = await PodmanAsync("images", "--quiet", "--filter", $"reference=localhost/gitops-triggers/{name}/*");
            foreach (var image in images.Split('\n', StringSplitOptions.RemoveEmptyEntries).Append($"localhost/{name}").Distinct())
                await PodmanAsync("rmi", "--force", image);
        }
    }

    private static async Task<IReadOnlyList<Result>> RunAsync(LocalBench bench, string name)
    {
        await bench.UntilDeployedAsync(1, Patience);
        var clone = await PushedClone.CreateAsync(bench.Repositories[0], bench["work"]);
        clone.Write($"{clone.Trigger}/Dockerfile", Dockerfile);
        for (var file = 0; file < Files; file++)
            clone.Write($"{clone.Trigger}/files/{file}", Convert.ToBase64String(RandomNumberGenerator.GetBytes(30_000)));
        var (engine, bare) = (new List<TimeSpan>(), new List<TimeSpan>());
        for (var round = 0; round <= Rounds; round++)
        {
            clone.Write($"{clone.Trigger}/round", round.ToString(CultureInfo.InvariantCulture));
            await clone.CommitAsync($"Build {round}");
            var context = await ExportAsync(bench, clone, round);
            // By turns, since what runs second finds the files of the base image read.
            var first = round % 2 == 0 ? await BareAsync(context, name) : TimeSpan.Zero;
            var built = await BuildAsync(bench, clone);
            var second = round % 2 == 0 ? first : await BareAsync(context, name);
            if (round == 0)
                continue;
            engine.Add(built);
            bare.Add(second);
        }
        var ratios = engine.Zip(bare, (left, right) => left / right).Order().ToList();
        var ratio = ratios[ratios.Count / 2];
        return
        [
            new("build: engine", new Figures(engine).ToString()),
            new("build: bare `podman build`", new Figures(bare).ToString()),
            new("build: engine beyond bare", new Figures([.. engine.Zip(bare, (left, right) => left - right)]).ToString()),
            new("build: engine ÷ bare", string.Create(CultureInfo.InvariantCulture, $"{ratio:0.000} ({ratios[0]:0.000} to {ratios[^1]:0.000}, n = {Rounds})"), string.Create(CultureInfo.InvariantCulture, $"≤ {Limit}"), ratio <= Limit),
        ];
    }

    private static async Task<string> ExportAsync(LocalBench bench, PushedClone clone, int round)
    {
        var folder = bench[$"exported/{round}"];
        Directory.CreateDirectory(folder);
        await CliWrap.Cli.Wrap("git").WithArguments(["--work-tree", folder, "checkout", "HEAD", "--", clone.Trigger.Value]).WithWorkingDirectory(clone.Folder).ExecuteAsync();
        return Path.Combine(folder, clone.Trigger.Value);
    }

    private static async Task<TimeSpan> BareAsync(string context, string name)
    {
        var begun = Stopwatch.GetTimestamp();
        await PodmanAsync("build", "--quiet", "--no-cache", "--layers=false", "--tag", $"localhost/{name}", context);
        return Stopwatch.GetElapsedTime(begun);
    }

    /// <returns>As the engine has recorded it.</returns>
    private static async Task<TimeSpan> BuildAsync(LocalBench bench, PushedClone clone)
    {
        var commit = CommitSha.Parse((await CliWrap.Cli.Wrap("git").WithArguments(["rev-parse", "HEAD"]).WithWorkingDirectory(clone.Folder).ExecuteBufferedAsync()).StandardOutput.Trim());
        await clone.PushAsync();
        await bench.Engine.NotifyAsync(bench.Repositories[0], new string('0', 40), commit.Value, "main");
        BuildRecord? build = null;
        await bench.Engine.UntilAsync(
            $"{commit} is built",
            async () =>
            {
                await using var context = bench.Look();
                build = await context.Builds.FirstOrDefaultAsync(one => one.Commit == commit && one.FinishedAt != null);
                return build is not null;
            },
            Patience);
        if (build is not { State: BuildState.Succeeded, FinishedAt: { } finished })
            throw new InvalidOperationException($"The build of {commit} ended as {build?.State}: {build?.Reason}");
        await bench.Engine.UntilAtRestAsync();
        return finished - build.StartedAt;
    }

    private static async Task<string> PodmanAsync(params string[] arguments) => (await CliWrap.Cli.Wrap("podman").WithArguments(arguments).ExecuteBufferedAsync()).StandardOutput;
}
