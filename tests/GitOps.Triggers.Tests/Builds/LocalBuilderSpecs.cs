using GitOps.Triggers.Builds;
using GitOps.Triggers.Containers;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Logs;
using GitOps.Triggers.Tests.Containers;
using GitOps.Triggers.Tests.Registries;
using Microsoft.Extensions.Time.Testing;
using Xunit;
using Processes = GitOps.Triggers.Tests.Support.Processes;

namespace GitOps.Triggers.Tests.Builds;

public sealed class LocalBuilderSpecs(TestRegistry registry) : IClassFixture<TestRegistry>
{
    private static CancellationToken Cancelled => BuildBench.Cancelled;

    [Fact]
    public async Task I_can_build_an_image_and_run_it_by_what_the_build_returns()
    {
        var engine = await EngineAsync();
        await using var bench = new BuildBench
        {
            Spec = new BuildSpec { Context = "", Dockerfile = "Dockerfile", Target = "wanted", Args = new Dictionary<string, string> { ["GREETING"] = "good morning" } },
        };
        await File.WriteAllTextAsync(Path.Combine(bench.ContextFolder, "name.txt"), "Kari", Cancelled);
        bench.With($"FROM {TestEngine.BaseImage} AS wanted", "ARG GREETING", "COPY name.txt /name", "RUN echo \"$GREETING, $(cat /name)\" > /message", "CMD [\"cat\", \"/message\"]",
            "FROM wanted AS unwanted", "RUN exit 9");

        var built = (await Builder(engine, bench).BuildAsync(bench.Request, bench.Log, Cancelled)).Done();

        Assert.Equal($"{engine.Name} build", built.Builder);
        Assert.True(built.Image.IsLocal);
        Assert.Equal("good morning, Kari", await engine.Command.RunAsync(["run", "--rm", "--network", "none", built.Image.ToString()], Cancelled));
        var named = await engine.FindImageAsync(bench.Names.Local, Cancelled);
        Assert.Equal(built.Image.Digest, named!.Id);
        Assert.Equal(bench.Hash.Value, named.Labels[ImageNames.InputHashLabel]);
        Assert.NotNull(await engine.FindImageAsync(built.Image.Digest.Value, Cancelled));
    }

    [Fact]
    public async Task A_failing_step_is_a_finding_at_its_line()
    {
        var engine = await EngineAsync();
        await using var bench = new BuildBench();
        bench.WithBase("# a comment", "RUN echo before", "RUN echo the reason >&2; \\", "    exit 7");

        var finding = (await Builder(engine, bench).BuildAsync(bench.Request, bench.Log, Cancelled)).Rejected();

        Assert.Equal("jobs/report/Dockerfile:4", finding.Location);
        Assert.StartsWith("the step 'RUN echo the reason >&2;", finding.Message, StringComparison.Ordinal);
        Assert.EndsWith("failed with exit code 7; the last lines: before | the reason", finding.Message, StringComparison.Ordinal);
        Assert.Contains("before", bench.LogLines());
        Assert.Null(await engine.FindImageAsync(bench.Names.Local, Cancelled));
        Assert.Empty(Directory.GetDirectories(WorkFolder.RootOf(bench.DataFolder)));
    }

    [Theory]
    [InlineData("FROM localhost/gitops-triggers-tests/no-such-base:1")]
    [InlineData("FROM no-such-short-name:1")]
    [InlineData("FROM BAD@@name")]
    public async Task A_base_image_that_is_not_there_is_a_finding(string from)
    {
        var engine = await EngineAsync();
        await using var bench = new BuildBench();
        bench.With(from, "RUN true");

        Assert.StartsWith("a base image cannot be had: ", (await Builder(engine, bench).BuildAsync(bench.Request, bench.Log, Cancelled)).Rejected().Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_registry_that_does_not_answer_is_tried_again()
    {
        var engine = await EngineAsync();
        await using var bench = new BuildBench();
        bench.With("FROM registry.invalid/base:1");

        Assert.Contains("registry.invalid", (await Builder(engine, bench).BuildAsync(bench.Request, bench.Log, Cancelled)).Retried(), StringComparison.Ordinal);
    }

    [Fact]
    [Threat(26)]
    public async Task A_log_is_plain_masked_and_has_one_line_per_record()
    {
        var engine = await EngineAsync();
        await using var bench = new BuildBench { Mask = SecretMask.Of("canary-7f3a/x") };
        bench.WithBase(
            "RUN printf '\\033[31mred\\033[0m\\r\\n::set-env name=A::b\\n<b>bold</b>\\n'",
            "RUN head -c 1000000 /dev/zero | tr '\\0' x",
            "RUN echo canary-7f3a/x Y2FuYXJ5LTdmM2EveA== canary-7f3a%2Fx");

        (await Builder(engine, bench).BuildAsync(bench.Request, bench.Log, Cancelled)).Done();

        var lines = bench.LogLines();
        Assert.Contains("red", lines);
        Assert.Contains("::set-env name=A::b", lines);
        Assert.Contains("<b>bold</b>", lines);
        Assert.Contains("*** *** ***", lines);
        var cut = Assert.Single(lines, line => line.StartsWith("xxx", StringComparison.Ordinal));
        Assert.InRange(cut.Length, LogFile.LongestRecord, LogFile.LongestRecord + 50);
        Assert.DoesNotContain(lines, line => line.Contains("canary", StringComparison.Ordinal) || line.Contains('\u001b'));
    }

    [Fact]
    [Threat(22)]
    public async Task A_build_that_prints_without_end_fills_its_log_and_no_more()
    {
        var engine = await EngineAsync();
        await using var bench = new BuildBench { Limits = new Limits { BuildLogBytes = 100_000, BuildCpus = 1, BuildMemory = "512m" } };
        bench.WithBase($"RUN yes 0123456789 | head -c {Environment.GetEnvironmentVariable("BUILD_OUTPUT_BYTES") ?? "20000000"}; exit 3");

        var finding = (await Builder(engine, bench).BuildAsync(bench.Request, bench.Log, Cancelled)).Rejected();

        Assert.Contains("failed with exit code 3; the last lines: 0123456789 |", finding.Message, StringComparison.Ordinal);
        Assert.InRange(new FileInfo(bench.Log.Path).Length, 90_000, 102_000);
        Assert.Contains(bench.LogLines(), line => line.StartsWith("--- The log is cut here", StringComparison.Ordinal));
        Assert.StartsWith("--- failed: ", bench.LogLines()[^1], StringComparison.Ordinal);
    }

    [Fact]
    [Threat(21)]
    public async Task A_step_learns_nothing_from_the_engines_environment()
    {
        var engine = await EngineAsync();
        await using var bench = new BuildBench();
        bench.WithBase("RUN env; cat /proc/*/environ | tr '\\0' '\\n'");
        var leaky = new ContainerEngine(engine.Kind, engine.Version, engine.Command.With("ENGINE_TOKEN", "canary-7f3a").With("HTTPS_PROXY", "http://u:canary-8f4b@127.0.0.1:1").With("http_proxy", "http://u:canary-8f4b@127.0.0.1:1"));

        (await new LocalBuilder(leaky, bench.Configuration, TimeProvider.System).BuildAsync(bench.Request, bench.Log, Cancelled)).Done();

        Assert.Contains(bench.LogLines(), line => line.StartsWith("PATH=", StringComparison.Ordinal));
        Assert.DoesNotContain(bench.LogLines(), line => line.Contains("canary", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_cancelled_build_leaves_no_process_and_no_container()
    {
        var engine = await EngineAsync();
        await using var bench = new BuildBench();
        var seconds = Random.Shared.Next(100_000, 999_999).ToString(System.Globalization.CultureInfo.InvariantCulture);
        bench.WithBase($"RUN echo it has begun; sleep {seconds}");
        using var cancel = new CancellationTokenSource();
        var before = await ContainersAsync(engine);

        var build = Builder(engine, bench).BuildAsync(bench.Request, bench.Log, cancel.Token);
        await bench.LogShowsAsync("it has begun");
        Assert.NotEmpty(Processes.Mentioning(seconds));
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => build);
        Assert.Empty(Processes.Mentioning(seconds));
        Assert.DoesNotContain(await ContainersAsync(engine), container => !before.Contains(container) && container.Contains("applets", StringComparison.Ordinal));
        Assert.Empty(Directory.GetDirectories(WorkFolder.RootOf(bench.DataFolder)));
        Assert.StartsWith("--- cancelled, after ", bench.LogLines()[^1], StringComparison.Ordinal);
    }

    [Fact]
    [Threat(22)]
    public async Task A_build_that_never_ends_is_stopped_and_told_so()
    {
        var engine = await EngineAsync();
        await using var bench = new BuildBench();
        bench.WithBase("RUN echo it has begun; trap '' INT TERM; sleep 1d");
        var time = new FakeTimeProvider();

        var build = new LocalBuilder(engine, bench.Configuration, time).BuildAsync(bench.Request, bench.Log, Cancelled);
        await bench.LogShowsAsync("it has begun");
        time.Advance(bench.Limits.BuildTimeout);
        while (await Task.WhenAny(build, Task.Delay(50, Cancelled)) != build)
            time.Advance(TimeSpan.FromMilliseconds(100));

        var finding = (await build).Rejected();
        Assert.Equal("jobs/report/Dockerfile:2", finding.Location);
        Assert.StartsWith("the build did not end within 30m; it was at 'RUN echo it has begun;", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    [Threat(24)]
    public async Task A_pushed_image_is_the_one_that_is_pulled_by_its_digest()
    {
        TestRegistry.SkipUnlessInstalled();
        var engine = await EngineAsync();
        await using var bench = new BuildBench { RegistryPrefix = $"{registry.Host}/triggers" };
        bench.WithBase("RUN echo from the registry > /message", "CMD [\"cat\", \"/message\"]");
        using var registries = new RegistryBench();

        var image = (await Builder(engine, bench).BuildAsync(bench.Request, bench.Log, Cancelled)).Done().Image;

        Assert.Equal($"{registry.Host}/triggers/reports/nightly", image.Repository);
        Assert.True(await registries.HasAsync(image));
        Assert.False(await registries.HasAsync(image with { Digest = ImageDigest.Parse("sha256:" + new string('0', 64)) }));
        Assert.Null(await engine.FindImageAsync(bench.Names.Local, Cancelled));
        await engine.PullAsync(image.ToString(), Cancelled);
        Assert.Equal("from the registry", await engine.Command.RunAsync(["run", "--rm", "--network", "none", image.ToString()], Cancelled));
        await engine.RemoveImageAsync(image.ToString(), Cancelled);
    }

    [Fact]
    public async Task A_registry_that_cannot_be_pushed_to_is_tried_again()
    {
        var engine = await EngineAsync();
        await using var bench = new BuildBench { RegistryPrefix = "127.0.0.1:1/triggers" };
        bench.WithBase();

        Assert.Contains("push' failed", (await Builder(engine, bench).BuildAsync(bench.Request, bench.Log, Cancelled)).Retried(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_another_build_made_of_the_same_step_is_not_taken()
    {
        var engine = await EngineAsync();
        await using var first = new BuildBench();
        await using var second = new BuildBench();
        string[] lines = ["RUN cat /proc/sys/kernel/random/uuid > /chance"];
        var one = (await Builder(engine, first.WithBase(lines)).BuildAsync(first.Request, first.Log, Cancelled)).Done();
        var two = (await Builder(engine, second.WithBase(lines)).BuildAsync(second.Request, second.Log, Cancelled)).Done();

        Assert.NotEqual(await ReadAsync(one), await ReadAsync(two));

        Task<string> ReadAsync(BuiltImage built) => engine.Command.RunAsync(["run", "--rm", "--network", "none", built.Image.ToString(), "cat", "/chance"], Cancelled);
    }

    private static LocalBuilder Builder(ContainerEngine engine, BuildBench bench) => new(engine, bench.Configuration, TimeProvider.System);

    private static async Task<ContainerEngine> EngineAsync() => await (await TestEngine.RequireWithBaseAsync()).RequireAsync(Cancelled);

    /// <summary>With those that podman's builds make, which it does not list by default.</summary>
    private static async Task<string[]> ContainersAsync(ContainerEngine engine) =>
        (await engine.Command.RunAsync(["ps", "--all", .. engine.IsPodman ? ["--external"] : Array.Empty<string>(), "--format", "{{.ID}} {{.Image}}"], Cancelled)).Split('\n');
}
