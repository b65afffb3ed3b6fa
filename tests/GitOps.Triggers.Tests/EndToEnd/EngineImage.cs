using CliWrap.Buffered;
using GitOps.Triggers.Builds;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Tests.Builds;
using GitOps.Triggers.Tests.Containers;
using GitOps.Triggers.Tests.Support;

namespace GitOps.Triggers.Tests.EndToEnd;

/// <summary>engine/Dockerfile, built by the engine's own builder on a base that needs no registry, and started as a cluster starts it: not root, nothing writable but its data.</summary>
internal sealed class EngineImage : IAsyncDisposable
{
    private const string User = "65532";
    private readonly BuildBench bench;
    private readonly string image;

    private EngineImage(BuildBench bench, string image) => (this.bench, this.image) = (bench, image);

    public string Container { get; } = $"gitops-triggers-tests-engine-{Guid.NewGuid():N}";

    /// <summary>Skips the test where no container can run.</summary>
    public static async Task<EngineImage> BuildAsync(CancellationToken ct)
    {
        var engine = await (await TestEngine.RequireAsync()).RequireAsync(ct);
        await CliWrap.Cli.Wrap(Source.File("tests", "bases", "make")).WithArguments("dotnet").ExecuteBufferedAsync(ct);
        var args = new Dictionary<string, string> { ["BASE"] = "localhost/gitops-triggers-tests/dotnet:latest", ["VERSION"] = "1.2.3", ["REVISION"] = new string('c', 40) };
        var bench = new BuildBench { Spec = new BuildSpec { Context = "", Dockerfile = "Dockerfile", Args = args } };
        // Without compiling ahead of time, which takes minutes and changes nothing here.
        await CliWrap.Cli.Wrap("dotnet").WithArguments(
            ["publish", Source.File("engine"), "--configuration", Configuration, "--no-build", "--output", bench.ContextFolder, "-property:PublishReadyToRun=false", "--verbosity", "quiet"]).ExecuteBufferedAsync(ct);
        File.Copy(Source.File("engine", "Dockerfile"), Path.Combine(bench.ContextFolder, "Dockerfile"));
        return new EngineImage(bench, (await new LocalBuilder(engine, bench.Configuration, TimeProvider.System).BuildAsync(bench.Request, bench.Log, ct)).Done().Image.ToString());
    }

    /// <summary>What stands before the arguments of a container of it, which shares this machine's network; for each folder where it is seen.</summary>
    public IReadOnlyList<string> Run(params string[] volumes) =>
    [
        ContainerEngine.Name, "run", "--rm", "--name", Container,
        "--network=host", "--read-only", "--tmpfs", "/tmp", "--cap-drop=ALL", "--security-opt=no-new-privileges", "--memory", "512m",
        .. Environment.IsPrivilegedProcess ? Array.Empty<string>() : [$"--userns=keep-id:uid={User},gid={User}"],
        .. volumes.SelectMany(volume => (string[])["--volume", volume]), image,
    ];

    /// <summary>Gives its user what it is to read and write.</summary>
    public static async Task OwnAsync(params string[] files)
    {
        if (Environment.IsPrivilegedProcess)
            await CliWrap.Cli.Wrap("chown").WithArguments(["-R", $"{User}:{User}", .. files]).ExecuteBufferedAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await ContainerEngine.RunAsync(["rm", "--force", Container], CancellationToken.None);
        await bench.DisposeAsync();
    }

    private static string Configuration => new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
}
