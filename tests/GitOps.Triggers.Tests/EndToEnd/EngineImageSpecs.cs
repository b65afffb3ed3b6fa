using System.Diagnostics;
using GitOps.Triggers.Tests.Support;
using GitOps.Triggers.Tests.Support.ApiServer;
using k8s.Models;
using Xunit;

namespace GitOps.Triggers.Tests.EndToEnd;

/// <summary>The engine's image before the hand-written API server; on a real cluster it does its main job in <see cref="RealClusterEngineSpecs"/>.</summary>
public sealed class EngineImageSpecs : IAsyncLifetime
{
    private readonly TempFolder folder = new();
    private EngineImage? engine;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private EngineImage Engine => engine!;

    public async ValueTask InitializeAsync() => engine = await EngineImage.BuildAsync(Ct);

    public async ValueTask DisposeAsync()
    {
        if (engine is not null)
            await engine.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task It_looks_into_a_repository_and_has_its_image_built_on_the_cluster()
    {
        await using var api = await ApiServer.StartAsync();
        api.Token = "engine";
        api.Put(new V1Namespace { Metadata = new V1ObjectMeta { Name = "builds" } });
        await WriteAsync(api);

        var container = Engine.Container;
        string[] run = [.. Engine.Run($"{folder["config"]}:/etc/gitops-triggers:ro", $"{folder["data"]}:/var/lib/gitops-triggers", $"{folder["bare.git"]}:/srv/nightly.git:ro")];
        using var running = Process.Start(new ProcessStartInfo(run[0], run[1..]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var log = Task.WhenAll(running.StandardOutput.ReadToEndAsync(Ct), running.StandardError.ReadToEndAsync(Ct));
        for (var waited = Stopwatch.StartNew(); api.Objects<V1Job>().Count == 0; await Task.Delay(100, Ct))
        {
            if (waited.Elapsed > TimeSpan.FromMinutes(1))
                await ContainerEngine.RunAsync(["rm", "--force", container], Ct);
            if (running.HasExited)
                Assert.Fail(string.Concat(await log));
        }
        Assert.Equal("builds", Assert.Single(api.Objects<V1Job>()).Metadata.NamespaceProperty);
        var identity = await ContainerEngine.RunAsync(["exec", container, "/bin/sh", "-c", "gitops-triggers --version; ! touch /opt/gitops-triggers/x 2>/dev/null"], Ct);
        Assert.True(identity.ExitCode == 0, identity.StandardError);

        // As a pod is ended.
        Assert.Equal(0, (await ContainerEngine.RunAsync(["stop", "--time", "30", container], Ct)).ExitCode);
        await running.WaitForExitAsync(Ct);
        Assert.Equal(0, running.ExitCode);
    }

    private async Task WriteAsync(ApiServer api)
    {
        var repository = await WorkingCopy.CreateAsync(folder, "nightly");
        JobSource.Write(repository);
        repository.Write("Dockerfile", "FROM scratch\nCOPY job.sh /job.sh\nUSER 65532:65532\nENTRYPOINT [\"/job.sh\"]\n");
        await repository.CommitAsync("first");
        await repository.PushAsync("main");
        folder.Write("config/webhook", Convert.ToHexString(Guid.NewGuid().ToByteArray()));
        File.Copy(api.KubeconfigFile(), folder["config/kubeconfig"]);
        folder.Write("config/engine.yaml", $$"""
            data: /var/lib/gitops-triggers
            server: { url: "http://127.0.0.1:{{EngineProcess.FreePort()}}", listen: "http://127.0.0.1:{{EngineProcess.FreePort()}}" }
            environments:
              - name: dev
                branch: main
                target: { kind: kubernetes, kubeconfig: ./kubeconfig, namespace: "trg-{repository}", createNamespaces: true }
            webhooks: { secretFiles: [ ./webhook ] }
            registry: { prefix: "127.0.0.1:1/jobs", plainHttp: true }
            builder: { kind: kubernetes, kubeconfig: ./kubeconfig, namespace: builds, kanikoImage: "registry.example.com/kaniko:1", contextImage: "registry.example.com/busybox:1", engineUrl: "http://127.0.0.1:1" }
            repositories:
              - url: file:///srv/nightly.git
            """);
        Directory.CreateDirectory(folder["data"]);
        Directory.Move(repository.BareFolder, folder["bare.git"]);
        await EngineImage.OwnAsync(folder["config"], folder["data"], folder["bare.git"]);
    }
}
