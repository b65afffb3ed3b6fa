using System.Diagnostics;
using CliWrap.Buffered;
using GitOps.Triggers.Builds;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Tests.Builds;
using GitOps.Triggers.Tests.Containers;
using GitOps.Triggers.Tests.Support;
using GitOps.Triggers.Tests.Support.ApiServer;
using k8s.Models;
using Xunit;

namespace GitOps.Triggers.Tests.EndToEnd;

/// <summary>engine/Dockerfile, built by the engine's own builder on a base that needs no registry, and started as a cluster starts it: not root, nothing writable but its data.</summary>
public sealed class EngineImageSpecs : IAsyncLifetime
{
    private const string User = "65532";
    private readonly TempFolder folder = new();
    private readonly string container = $"gitops-triggers-tests-engine-{Guid.NewGuid():N}";
    private BuildBench bench = null!;
    private string image = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var engine = await (await TestEngine.RequireAsync()).RequireAsync(Ct);
        await CliWrap.Cli.Wrap(Source.File("tests", "bases", "make")).WithArguments("dotnet").ExecuteBufferedAsync(Ct);
        var args = new Dictionary<string, string> { ["BASE"] = "localhost/gitops-triggers-tests/dotnet:latest", ["VERSION"] = "1.2.3", ["REVISION"] = new string('c', 40) };
        bench = new BuildBench { Spec = new BuildSpec { Context = "", Dockerfile = "Dockerfile", Args = args } };
        // Without compiling ahead of time, which takes minutes and changes nothing here.
        await CliWrap.Cli.Wrap("dotnet").WithArguments(
            ["publish", Source.File("engine"), "--configuration", Configuration, "--no-build", "--output", bench.ContextFolder, "-property:PublishReadyToRun=false", "--verbosity", "quiet"]).ExecuteBufferedAsync(Ct);
        File.Copy(Source.File("engine", "Dockerfile"), Path.Combine(bench.ContextFolder, "Dockerfile"));
        image = (await new LocalBuilder(engine, bench.Configuration, TimeProvider.System).BuildAsync(bench.Request, bench.Log, Ct)).Done().Image.ToString();
    }

    public async ValueTask DisposeAsync()
    {
        if (image is not null)
            await ContainerEngine.RunAsync(["rm", "--force", container], CancellationToken.None);
        if (bench is not null)
            await bench.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task It_looks_into_a_repository_and_has_its_image_built_on_the_cluster()
    {
        await using var api = await ApiServer.StartAsync();
        api.Token = "engine";
        api.Put(new V1Namespace { Metadata = new V1ObjectMeta { Name = "builds" } });
        await WriteAsync(api);

        var started = await ContainerEngine.RunAsync(["run", "--detach", "--name", container, .. Restrictions, image], Ct);

        Assert.True(started.ExitCode == 0, started.StandardError);
        for (var waited = Stopwatch.StartNew(); api.Objects<V1Job>().Count == 0; await Task.Delay(100, Ct))
            Assert.True(waited.Elapsed < TimeSpan.FromMinutes(1), await LogAsync());
        Assert.Equal("builds", Assert.Single(api.Objects<V1Job>()).Metadata.NamespaceProperty);
        var identity = await ContainerEngine.RunAsync(["exec", container, "/bin/sh", "-c", "gitops-triggers --version; ! touch /opt/gitops-triggers/x 2>/dev/null"], Ct);
        Assert.True(identity.ExitCode == 0, identity.StandardError);

        // As a pod is ended.
        Assert.Equal(0, (await ContainerEngine.RunAsync(["stop", "--time", "30", container], Ct)).ExitCode);
        Assert.Equal("0", (await ContainerEngine.RunAsync(["inspect", "--format", "{{.State.ExitCode}}", container], Ct)).StandardOutput.Trim());
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
        if (Environment.IsPrivilegedProcess)
            await CliWrap.Cli.Wrap("chown").WithArguments(["-R", $"{User}:{User}", folder["config"], folder["data"], folder["bare.git"]]).ExecuteBufferedAsync(Ct);
    }

    private IEnumerable<string> Restrictions =>
    [
        "--network=host", "--read-only", "--tmpfs", "/tmp", "--cap-drop=ALL", "--security-opt=no-new-privileges", "--memory", "512m",
        .. Environment.IsPrivilegedProcess ? Array.Empty<string>() : [$"--userns=keep-id:uid={User},gid={User}"],
        "--volume", $"{folder["config"]}:/etc/gitops-triggers:ro", "--volume", $"{folder["data"]}:/var/lib/gitops-triggers", "--volume", $"{folder["bare.git"]}:/srv/nightly.git:ro",
    ];

    private async Task<string> LogAsync() => await ContainerEngine.RunAsync(["logs", container], Ct) is var said ? said.StandardOutput + said.StandardError : "";

    private static string Configuration => new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
}
