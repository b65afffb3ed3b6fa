using GitOps.Triggers.Builds;
using GitOps.Triggers.Containers;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Tests.Containers;
using GitOps.Triggers.Tests.Registries;
using Microsoft.Extensions.Time.Testing;
using Xunit;
using Processes = GitOps.Triggers.Tests.Support.Processes;

namespace GitOps.Triggers.Tests.Builds;

/// <summary>Real Kaniko, where <c>KANIKO_IMAGE</c> names an image that the engine has.</summary>
public sealed class KanikoBuilderSpecs(TestRegistry registry) : IClassFixture<TestRegistry>
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
        bench.WithBusybox().With("FROM scratch AS unwanted", "COPY nothing /", "FROM scratch AS wanted", "ARG GREETING", "COPY busybox /bin/sh", "COPY busybox /bin/cat",
            "RUN echo $GREETING > /message", "ENTRYPOINT [\"/bin/cat\", \"/message\"]");

        var built = (await Builder(engine, bench).BuildAsync(bench.Request, bench.Log, Cancelled)).Done();

        Assert.Equal($"kaniko ({engine.Name})", built.Builder);
        Assert.Equal("good morning", await engine.Command.RunAsync(["run", "--rm", "--network", "none", built.Image.ToString()], Cancelled));
        var named = await engine.FindImageAsync(bench.Names.Local, Cancelled);
        Assert.Equal(built.Image.Digest, named!.Id);
        Assert.Equal(bench.Hash.Value, named.Labels[ImageNames.InputHashLabel]);
        Assert.Contains(bench.LogLines(), line => line.Contains("COPY busybox /bin/sh", StringComparison.Ordinal));
        Assert.Empty(Directory.GetDirectories(WorkFolder.RootOf(bench.DataFolder)));
        Assert.Empty(await ContainersAsync(engine, bench));
    }

    [Fact]
    public async Task Equal_inputs_give_the_very_same_image()
    {
        var engine = await EngineAsync();
        await using var first = new BuildBench();
        await using var second = new BuildBench { Hash = first.Hash };
        string[] lines = ["RUN echo same > /file"];

        var one = (await Builder(engine, first.WithBusybox(lines)).BuildAsync(first.Request, first.Log, Cancelled)).Done();
        await engine.RemoveImageAsync(first.Names.Local, Cancelled);
        var two = (await Builder(engine, second.WithBusybox(lines)).BuildAsync(second.Request, second.Log, Cancelled)).Done();

        Assert.Equal(one.Image, two.Image);
    }

    [Fact]
    public async Task A_failing_step_is_a_finding_at_its_line()
    {
        var engine = await EngineAsync();
        await using var bench = new BuildBench();
        bench.WithBusybox("RUN echo the reason; exit 7");

        var finding = (await Builder(engine, bench).BuildAsync(bench.Request, bench.Log, Cancelled)).Rejected();

        Assert.Equal("jobs/report/Dockerfile:4", finding.Location);
        Assert.EndsWith("failed with exit code 7; the last lines: the reason", finding.Message, StringComparison.Ordinal);
        Assert.Empty(await ContainersAsync(engine, bench));
    }

    [Theory]
    [InlineData("FROM scratch|BOGUS true", 2, "unknown instruction: BOGUS")]
    [InlineData("FROM scratch|COPY nofile /x", null, "lstat ./nofile")]
    [InlineData("FROM BAD@@name", null, "a base image cannot be had")]
    public async Task What_the_Dockerfile_says_wrongly_is_a_finding(string dockerfile, int? line, string message)
    {
        var engine = await EngineAsync();
        await using var bench = new BuildBench();
        bench.With(dockerfile.Split('|'));

        var finding = (await Builder(engine, bench).BuildAsync(bench.Request, bench.Log, Cancelled)).Rejected();

        Assert.Equal(line, finding.Line);
        Assert.Contains(message, finding.Message, StringComparison.Ordinal);
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
    public async Task A_step_that_exits_as_podman_does_when_it_fails_is_still_the_steps_fault()
    {
        var engine = await EngineAsync();
        await using var bench = new BuildBench();
        bench.WithBusybox("RUN exit 125");

        Assert.Contains("failed with exit code 125", (await Builder(engine, bench).BuildAsync(bench.Request, bench.Log, Cancelled)).Rejected().Message, StringComparison.Ordinal);
    }

    [Fact]
    [Threat(21)]
    public async Task A_step_sees_no_login_no_variable_and_no_proxy_of_the_engine()
    {
        TestRegistry.SkipUnlessInstalled();
        var engine = await EngineAsync();
        await using var bench = new BuildBench { RegistryPrefix = $"{registry.Host}/triggers" };
        using var login = new LoginFile("canary-9a5c");
        bench.WithBusybox("RUN for f in /proc/*/environ $(busybox find /kaniko/.docker /root -type f); do busybox cat $f; done | busybox tr '\\0' '\\n'; echo end");
        var leaky = new ContainerEngine(engine.Kind, engine.Version, engine.Command
            .With("ENGINE_TOKEN", "canary-7f3a").With("HTTPS_PROXY", "http://u:canary-8f4b@127.0.0.1:1").With("https_proxy", "http://u:canary-8f4b@127.0.0.1:1")
            .With("NO_PROXY", "127.0.0.1").With("REGISTRY_AUTH_FILE", login.File));

        var image = (await Builder(leaky, bench).BuildAsync(bench.Request, bench.Log, Cancelled)).Done().Image;

        Assert.Equal($"{registry.Host}/triggers/reports/nightly", image.Repository);
        Assert.Contains(bench.LogLines(), line => line.StartsWith("PATH=", StringComparison.Ordinal));
        Assert.DoesNotContain(bench.LogLines(), line => line.Contains("canary", StringComparison.Ordinal));
        using var registries = new RegistryBench();
        Assert.True(await registries.HasAsync(image));
    }

    [Fact]
    public async Task An_image_that_a_step_puts_in_place_of_the_built_one_is_not_loaded()
    {
        var engine = await EngineAsync();
        await using var bench = new BuildBench();
        // It outlives its step and replaces the archive as soon as Kaniko has written it.
        bench.WithBusybox("RUN busybox setsid sh -c 'while :; do busybox rm -f /out/image.tar; busybox ln -s /etc/passwd /out/image.tar; done' > /dev/null 2>&1 & busybox sleep 0.5; busybox readlink /out/image.tar");

        var result = await Builder(engine, bench).BuildAsync(bench.Request, bench.Log, Cancelled);

        Assert.IsNotType<StageResult<BuiltImage>.Done>(result);
        Assert.Null(await engine.FindImageAsync(bench.Names.Local, Cancelled));
    }

    [Fact]
    public async Task A_build_that_leaves_a_pipe_is_refused_and_keeps_no_place()
    {
        var engine = await EngineAsync();
        await using var bench = new BuildBench();
        // In place of the archive as soon as Kaniko has begun to write it.
        bench.WithBusybox("RUN busybox setsid sh -c 'until [ -s /out/image.tar ]; do :; done; busybox rm -f /out/image.tar; busybox mkfifo /out/image.tar' > /dev/null 2>&1 & busybox sleep 0.1");

        var finding = (await Builder(engine, bench).BuildAsync(bench.Request, bench.Log, Cancelled).WaitAsync(TimeSpan.FromMinutes(2), Cancelled)).Rejected();

        Assert.Equal("the build left something else than its image: there is no archive.", finding.Message);
        Assert.Empty(Directory.GetDirectories(WorkFolder.RootOf(bench.DataFolder)));
    }

    [Fact]
    public async Task A_step_that_fills_the_engines_disk_is_stopped_and_told_so_at_its_line()
    {
        var engine = await EngineAsync();
        await using var bench = new BuildBench { Limits = new Limits { BuildDisk = 64 << 20, BuildCpus = 1, BuildMemory = "512m" } };
        bench.WithBusybox("RUN busybox dd if=/dev/zero of=/out/big bs=1M count=200; busybox sleep 600");

        var finding = (await Builder(engine, bench).BuildAsync(bench.Request, bench.Log, Cancelled)).Rejected();

        Assert.Equal("jobs/report/Dockerfile:4", finding.Location);
        Assert.StartsWith("the build wrote more than it may; it was at 'RUN busybox dd", finding.Message, StringComparison.Ordinal);
        Assert.EndsWith("the folder that takes its image holds more than 64 MiB.", finding.Message, StringComparison.Ordinal);
        Assert.Empty(await ContainersAsync(engine, bench));
        Assert.Empty(Directory.GetDirectories(WorkFolder.RootOf(bench.DataFolder)));
    }

    [Fact]
    public async Task A_cancelled_build_leaves_no_process_and_no_container()
    {
        var engine = await EngineAsync();
        await using var bench = new BuildBench();
        var seconds = Random.Shared.Next(100_000, 999_999).ToString(System.Globalization.CultureInfo.InvariantCulture);
        bench.WithBusybox($"RUN echo it has begun; busybox sleep {seconds}");
        using var cancel = new CancellationTokenSource();

        var build = Builder(engine, bench).BuildAsync(bench.Request, bench.Log, cancel.Token);
        await bench.LogShowsAsync("it has begun");
        Assert.NotEmpty(Processes.Mentioning(seconds));
        Assert.Single(await ContainersAsync(engine, bench));
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => build);
        Assert.Empty(Processes.Mentioning(seconds));
        Assert.Empty(await ContainersAsync(engine, bench));
        Assert.Empty(Directory.GetDirectories(WorkFolder.RootOf(bench.DataFolder)));
    }

    [Fact]
    public async Task A_build_that_never_ends_is_stopped_and_told_so()
    {
        var engine = await EngineAsync();
        await using var bench = new BuildBench();
        bench.WithBusybox("RUN echo it has begun; trap '' INT TERM; busybox sleep 1d");
        var time = new FakeTimeProvider();

        var build = Builder(engine, bench, time).BuildAsync(bench.Request, bench.Log, Cancelled);
        await bench.LogShowsAsync("it has begun");
        time.Advance(bench.Limits.BuildTimeout);

        Assert.StartsWith("the build did not end within 30m", (await build).Rejected().Message, StringComparison.Ordinal);
        Assert.Empty(await ContainersAsync(engine, bench));
    }

    [Fact]
    public async Task What_a_killed_engine_left_running_is_ended_at_its_next_start()
    {
        var engine = await EngineAsync();
        await using var bench = new BuildBench();
        var seconds = Random.Shared.Next(100_000, 999_999).ToString(System.Globalization.CultureInfo.InvariantCulture);
        bench.WithBusybox($"RUN echo it has begun; busybox sleep {seconds}");
        var build = Builder(engine, bench).BuildAsync(bench.Request, bench.Log, Cancelled);
        await bench.LogShowsAsync("it has begun");

        var leftovers = new BuildLeftovers(bench.Configuration, TestEngine.Find(engine.Command.Executable), TimeProvider.System, Microsoft.Extensions.Logging.Abstractions.NullLogger<BuildLeftovers>.Instance);
        await leftovers.RemoveAsync(Cancelled);

        Assert.Empty(Processes.Mentioning(seconds));
        Assert.Empty(await ContainersAsync(engine, bench));
        await Record.ExceptionAsync(() => build);
    }

    private static KanikoBuilder Builder(ContainerEngine engine, BuildBench bench, TimeProvider? time = null) =>
        new(new ContainerKanikoLauncher(engine, bench.Configuration, time ?? TimeProvider.System), bench.Limits, time ?? TimeProvider.System);

    private static Task<IReadOnlyList<string>> ContainersAsync(ContainerEngine engine, BuildBench bench) =>
        engine.ListContainersAsync([ContainerOwner.LabelOf(bench.DataFolder), ContainerKanikoLauncher.BuildLabel], Cancelled);

    private static async Task<ContainerEngine> EngineAsync()
    {
        var image = Environment.GetEnvironmentVariable("KANIKO_IMAGE");
        Assert.SkipUnless(image is { Length: > 0 }, "KANIKO_IMAGE does not name an image of Kaniko");
        var engine = await (await TestEngine.RequireWithBaseAsync()).RequireAsync(Cancelled);
        Assert.SkipUnless(await engine.FindImageAsync(image, Cancelled) is not null, $"{engine.Name} does not have the image {image} that KANIKO_IMAGE names");
        return engine;
    }
}
