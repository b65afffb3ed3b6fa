using System.Globalization;
using GitOps.Triggers.Tests.Containers;
using GitOps.Triggers.Tests.Hosting;
using GitOps.Triggers.Tests.Support;
using GitOps.Triggers.Tests.Support.ApiServer;
using Xunit;

namespace GitOps.Triggers.Tests.EndToEnd.Kills;

/// <summary><c>KILLS</c> says how often each of the two is killed, <c>KILL_SEED</c> how the dice fall.</summary>
public class KillLoopSpecs
{
    // Room for what many kills leave, and little enough for the memory that it is made of.
    private const int DiskMegabytes = 256;

    private static int Kills => int.Parse(Environment.GetEnvironmentVariable("KILLS") ?? "50", CultureInfo.InvariantCulture);

    private static int Seed { get; } = int.Parse(Environment.GetEnvironmentVariable("KILL_SEED") ?? Random.Shared.Next(1_000_000).ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    [Fact, Threat(34)]
    public async Task An_engine_that_is_killed_again_and_again_loses_nothing_and_does_nothing_twice_on_this_machine()
    {
        await ContainerEngine.SkipUnlessAvailableAsync();
        using var folder = new TempFolder();
        await KillAsync(folder, new EngineProcess(folder, EngineProcess.DevAndProd), null);
    }

    [Fact, Threat(34)]
    public async Task An_engine_that_is_killed_again_and_again_loses_nothing_and_does_nothing_twice_on_a_cluster()
    {
        await ContainerEngine.SkipUnlessAvailableAsync();
        TestRegistry.SkipUnlessInstalled();
        using var folder = new TempFolder();
        await using var registry = new TestRegistry();
        await registry.InitializeAsync();
        await using var gate = await RegistryGate.StartAsync(registry.Host);
        await using var server = await ApiServer.StartAsync();
        server.Token = "engine";
        var engine = new EngineProcess(folder, $$"""
              - name: dev
                branch: main
                target: { kind: kubernetes, kubeconfig: {{server.KubeconfigFile()}}, namespace: "{repository}-dev", createNamespaces: true }
              - name: prod
                branch: prod
                promotesFrom: dev
                target: { kind: kubernetes, kubeconfig: {{server.KubeconfigFile()}}, namespace: "{repository}-prod", createNamespaces: true }
            registry: { prefix: "{{gate.Host}}/kills", plainHttp: true }
            """);
        await KillAsync(folder, engine, new KillCluster(server, gate));
    }

    private static async Task KillAsync(TempFolder folder, EngineProcess engine, KillCluster? cluster)
    {
        var output = TestContext.Current.TestOutputHelper!;
        output.WriteLine($"KILL_SEED={Seed}");
        var random = new Random(Seed);
        await using var disk = await SmallDisk.TryMountAsync(DiskMegabytes);
        if (disk is not null)
            Directory.CreateSymbolicLink(folder["data"], disk.Path);
        await using var effects = await Effects.StartAsync();
        var sources = new List<KillSource>();
        foreach (var name in (string[])["nightly", "hourly"])
            sources.Add(await KillSource.CreateAsync(folder, name, effects.Script, random));
        await using var loop = new KillLoop(folder, engine, sources, effects, cluster, disk, random);
        try
        {
            await loop.RunAsync(Kills);
        }
        finally
        {
            foreach (var (what, count) in loop.Report)
                output.WriteLine($"{count,6} {what}");
        }
    }
}
