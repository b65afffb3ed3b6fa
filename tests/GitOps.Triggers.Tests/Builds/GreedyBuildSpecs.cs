using GitOps.Triggers.Builds;
using GitOps.Triggers.Containers;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Tests.Containers;
using GitOps.Triggers.Tests.Hosting;
using GitOps.Triggers.Tests.Support;
using Xunit;
using ContainerEngine = GitOps.Triggers.Containers.ContainerEngine;

namespace GitOps.Triggers.Tests.Builds;

/// <summary>Builds that take what they can get, each beside one that does nothing wrong (threats 22).</summary>
public sealed class GreedyBuildSpecs : IDisposable
{
    private const int Processes = 60;

    private readonly TempFolder folder = new();

    private static CancellationToken Cancelled => BuildBench.Cancelled;

    public void Dispose() => folder.Dispose();

    [Fact]
    [Threat(22)]
    public async Task A_step_that_forks_without_end_has_its_processes_and_no_more()
    {
        var engine = await EngineAsync();
        await using var greedy = new BuildBench();
        await using var good = new BuildBench();
        greedy.WithBase("RUN echo it has begun; n=0; while [ $n -lt 300 ]; do sleep 1d & n=$((n+1)); echo $n; done");
        good.WithBase("RUN echo good");

        var build = Builder(engine, greedy).BuildAsync(greedy.Request, greedy.Log, Cancelled);
        await greedy.LogShowsAsync("it has begun");
        (await Builder(engine, good).BuildAsync(good.Request, good.Log, Cancelled)).Done();
        var finding = (await build).Rejected();

        Assert.Equal("jobs/report/Dockerfile:2", finding.Location);
        Assert.Contains("fork", finding.Message, StringComparison.Ordinal);
        Assert.InRange(greedy.LogLines().Count(line => int.TryParse(line, out _)), Processes / 2, Processes);
    }

    [Fact]
    [Threat(22)]
    public async Task A_step_that_fills_the_disk_is_stopped_before_the_engine_has_none()
    {
        var engine = await EngineAsync();
        await using var disk = await SmallDisk.MountAsync(megabytes: 256);
        await using var greedy = new BuildBench { Limits = new Limits { ContextBytes = 32 << 20, BuildCpus = 1, BuildMemory = "512m" }, Data = disk.Path };
        await using var good = new BuildBench();
        greedy.WithBase("RUN echo it has begun; sleep 1d");
        good.WithBase("RUN echo good");

        var build = Builder(engine, greedy).BuildAsync(greedy.Request, greedy.Log, Cancelled);
        await greedy.LogShowsAsync("it has begun");
        await using (var ballast = File.Create(Path.Combine(disk.Path, "ballast")))
        {
            // What a step writes lies where the container engine keeps it; that this is the same disk is what makes it the engine's affair.
            await ballast.WriteAsync(new byte[220 << 20], Cancelled);
        }
        var reason = (await build).Retried();
        (await Builder(engine, good).BuildAsync(good.Request, good.Log, Cancelled)).Done();

        Assert.StartsWith("the build was stopped: the disk of the data folder has ", reason, StringComparison.Ordinal);
        Assert.Equal("still here", await WriteAsync(Path.Combine(disk.Path, "data", "note")));
    }

    private static async Task<string> WriteAsync(string file)
    {
        await File.WriteAllTextAsync(file, "still here", Cancelled);
        return await File.ReadAllTextAsync(file, Cancelled);
    }

    private static LocalBuilder Builder(ContainerEngine engine, BuildBench bench) => new(engine, bench.Configuration, TimeProvider.System);

    private async Task<ContainerEngine> EngineAsync()
    {
        var engine = await (await TestEngine.RequireWithBaseAsync()).RequireAsync(Cancelled);
        Assert.SkipUnless(engine.IsPodman, "docker's builds have no limits of their own");
        var hooks = new ContainerHooks { Folder = folder["hooks"], KeepMetadataAway = true, BuildProcesses = Processes };
        return await new ContainerEngineLocator(engine.Command.Executable, SecretMask.None, TimeProvider.System) { Hooks = hooks }.RequireAsync(Cancelled);
    }
}
