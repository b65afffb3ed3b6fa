using System.Diagnostics;
using System.Globalization;
using GitOps.Triggers.Builds;
using GitOps.Triggers.Containers;
using GitOps.Triggers.Tests.Containers;
using GitOps.Triggers.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace GitOps.Triggers.Tests.Builds;

public sealed class BuildLeftoversSpecs
{
    private static CancellationToken Cancelled => BuildBench.Cancelled;

    [Fact]
    public async Task A_build_that_outlived_a_killed_engine_is_ended_at_the_next_start()
    {
        var locator = await TestEngine.RequireWithBaseAsync();
        var engine = await locator.RequireAsync(Cancelled);
        await using var bench = new BuildBench();
        var seconds = Random.Shared.Next(100_000, 999_999).ToString(CultureInfo.InvariantCulture);
        bench.WithBase($"RUN echo it has begun; sleep {seconds}");
        var build = new LocalBuilder(engine, bench.Configuration, TimeProvider.System).BuildAsync(bench.Request, bench.Log, Cancelled);
        await bench.LogShowsAsync("it has begun");

        await RemoveAsync(bench, locator);

        Assert.Empty(Processes.Mentioning(seconds));
        Assert.False(Directory.Exists(WorkFolder.RootOf(bench.DataFolder)));
        await Record.ExceptionAsync(() => build);
    }

    [Fact]
    public async Task What_belongs_to_another_engine_is_left_alone()
    {
        var locator = await TestEngine.RequireWithBaseAsync();
        var engine = await locator.RequireAsync(Cancelled);
        await using var bench = new BuildBench();
        var (own, other) = (ContainerOwner.LabelOf(bench.DataFolder), ContainerOwner.LabelOf(bench.DataFolder + "-other"));
        foreach (var (owner, kind) in new[] { (own, "build=1"), (own, "run=1"), (other, "build=1") })
            await engine.Command.RunAsync(["create", "--label", owner, "--label", "triggers.gitops/" + kind, TestEngine.BaseImage, "true"], Cancelled);

        await RemoveAsync(bench, locator);

        var left = (await engine.ListContainersAsync([own], Cancelled)).Concat(await engine.ListContainersAsync([other], Cancelled)).ToList();
        foreach (var container in left)
            await engine.RemoveContainerAsync(container, Cancelled);
        Assert.Equal(2, left.Count);
    }

    [Fact]
    public async Task What_only_names_the_folder_of_builds_is_left_alone()
    {
        await using var bench = new BuildBench();
        var root = WorkFolder.RootOf(bench.DataFolder);
        // An operator's pager, and the engine of a data folder whose path ends with this one's.
        using var pager = await StartAsync("less", $"{root}/1/log");
        using var other = await StartAsync("podman", $"/srv{root}/1/Dockerfile");
        using var own = await StartAsync("podman", $"{root}/1/Dockerfile");

        await RemoveAsync(bench, TestEngine.Find("/nowhere/podman"));

        await own.WaitForExitAsync(Cancelled);
        Assert.False(pager.HasExited);
        Assert.False(other.HasExited);
        pager.Kill();
        other.Kill();
    }

    [Fact]
    public async Task An_engine_without_podman_or_docker_starts_all_the_same()
    {
        await using var bench = new BuildBench();
        Directory.CreateDirectory(Path.Combine(WorkFolder.RootOf(bench.DataFolder), "1"));

        await RemoveAsync(bench, TestEngine.Find("/nowhere/podman"));

        Assert.False(Directory.Exists(WorkFolder.RootOf(bench.DataFolder)));
    }

    /// <summary>Under that name, and does nothing.</summary>
    private static async Task<Process> StartAsync(string name, string file)
    {
        var process = Process.Start("/bin/bash", ["-c", "exec -a \"$0\" tail -q -f /dev/null \"$1\" 2>/dev/null", name, file]);
        // Until then it is the shell.
        while (!(await File.ReadAllTextAsync($"/proc/{process.Id}/cmdline", Cancelled)).StartsWith(name + '\0', StringComparison.Ordinal))
            await Task.Delay(10, Cancelled);
        return process;
    }

    private static Task RemoveAsync(BuildBench bench, ContainerEngineLocator locator) =>
        new BuildLeftovers(bench.Configuration, locator, TimeProvider.System, NullLogger<BuildLeftovers>.Instance).RemoveAsync(Cancelled);
}
