using GitOps.Triggers.Builds;
using GitOps.Triggers.Containers;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Tests.Builds;
using GitOps.Triggers.Tests.Runs;
using GitOps.Triggers.Tests.Support;
using Xunit;
using ContainerEngine = GitOps.Triggers.Containers.ContainerEngine;

namespace GitOps.Triggers.Tests.Containers;

/// <summary>Real containers of podman's; what answers at the metadata's address says so to whoever reaches it.</summary>
public sealed class ContainerHooksSpecs : IDisposable
{
    private const string Answer = "the machine's own credentials";

    private readonly TempFolder folder = new();

    private static CancellationToken Cancelled => TestEngine.Cancelled;

    public void Dispose() => folder.Dispose();

    [Theory]
    [Threat(21)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_build_cannot_ask_the_clouds_metadata_unless_the_operator_lets_it(bool keptAway)
    {
        var engine = await EngineAsync(keptAway);
        await using var metadata = await MetadataService.StartAsync();
        await using var bench = new BuildBench();
        bench.WithBase($"RUN busybox nc -w 5 {MetadataHook.Address} {metadata.Port} </dev/null || true", "RUN grep CapBnd /proc/self/status");

        (await new LocalBuilder(engine, bench.Configuration, TimeProvider.System).BuildAsync(bench.Request, bench.Log, Cancelled)).Done();

        var lines = bench.LogLines();
        Assert.Equal(!keptAway, lines.Contains(Answer));
        Assert.Equal(keptAway, lines.Any(line => line.Contains("Permission denied", StringComparison.Ordinal)));
        // Raw sockets would go past the rule.
        var rights = Convert.ToInt64(lines.Single(line => line.StartsWith("CapBnd:", StringComparison.Ordinal)).Split('\t')[1], 16);
        Assert.Equal(0, rights & ((1 << 13) | (1 << 12)));
    }

    [Theory]
    [Threat(21)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_run_cannot_ask_the_clouds_metadata_unless_the_operator_lets_it(bool keptAway)
    {
        var locator = await LocatorAsync(keptAway);
        await using var metadata = await MetadataService.StartAsync();
        var image = await JobImage.OrdinaryAsync(locator);
        var engine = await LocalEngine.StartAsync(folder["data"], locator);
        try
        {
            await engine.Target.ApplyAsync(Jobs.Key("job"), Jobs.Render("job", image, Jobs.Shell($"busybox nc -w 5 {MetadataHook.Address} {metadata.Port} </dev/null; true")), Cancelled);
            var run = await engine.WaitAsync((await engine.RunNowAsync(Jobs.Key("job"))).Id, record => record.IsFinished);

            Assert.Equal(RunState.Succeeded, run.State);
            Assert.Equal(!keptAway, (await engine.LogAsync(run)).Contains(Answer, StringComparison.Ordinal));
        }
        finally
        {
            await engine.RemoveAllAsync();
        }
    }

    [Fact]
    public async Task A_container_in_the_machines_own_network_leaves_that_as_it_is()
    {
        var engine = await EngineAsync(keptAway: true);

        await engine.Command.RunAsync(["run", "--rm", "--network", "host", TestEngine.BaseImage, "true"], Cancelled);

        Assert.DoesNotContain(MetadataHook.Address, await new ContainerCommand("ip", SecretMask.None, TimeProvider.System).RunAsync(["rule"], Cancelled), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_container_without_a_network_starts_all_the_same()
    {
        var engine = await EngineAsync(keptAway: true);

        Assert.Equal("here", await engine.Command.RunAsync(["run", "--rm", "--network", "none", TestEngine.BaseImage, "echo", "here"], Cancelled));
    }

    [Fact]
    public async Task A_podman_that_takes_no_hooks_is_called_without_them()
    {
        using var podman = new Script("podman", """
            case "$1" in
              --hooks-dir) echo 'Error: unknown flag: --hooks-dir' >&2; exit 125 ;;
              --version) echo podman version 5.4.0 ;;
              version) echo 5.4.0 ;;
              *) echo "$@" ;;
            esac
            """);

        var engine = await new ContainerEngineLocator(podman.Program, SecretMask.None, TimeProvider.System) { Hooks = Hooks(keptAway: true) }.RequireAsync(Cancelled);

        Assert.Empty(engine.BuildHooks);
        Assert.Equal("start x", await engine.Command.RunAsync(["start", "x"], Cancelled));
    }

    private ContainerHooks Hooks(bool keptAway) => new() { Folder = folder["hooks"], KeepMetadataAway = keptAway, BuildProcesses = 200 };

    private async Task<ContainerEngineLocator> LocatorAsync(bool keptAway)
    {
        var engine = await (await TestEngine.RequireWithBaseAsync()).RequireAsync(Cancelled);
        Assert.SkipUnless(engine.IsPodman, "docker has no hooks");
        return new ContainerEngineLocator(engine.Command.Executable, SecretMask.None, TimeProvider.System) { Hooks = Hooks(keptAway) };
    }

    private async Task<ContainerEngine> EngineAsync(bool keptAway) => await (await LocatorAsync(keptAway)).RequireAsync(Cancelled);
}
