using CliWrap.Buffered;
using GitOps.Triggers.Tests.Support;
using Xunit;

namespace GitOps.Triggers.Tests.Examples;

/// <summary>
/// The image of one example, built on a base that needs no registry, and run under the same restrictions
/// as every trigger. The network is the host's, so that a container reaches the servers of the test.
/// </summary>
public abstract class ExampleImage(string example, string baseName, string cpus) : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private readonly string _image = $"localhost/gitops-triggers-tests/example-{example}:latest";

    public async ValueTask InitializeAsync()
    {
        if (!await ContainerEngine.IsAvailableAsync())
            return;

        var bases = Path.Combine(ExampleFolder.Repository, "tests", "bases", "make");
        await CliWrap.Cli.Wrap(bases).WithArguments(baseName).ExecuteBufferedAsync();
        await CliWrap.Cli.Wrap(ContainerEngine.Name)
            .WithArguments([
                "build", "--quiet", "--tag", _image,
                "--build-arg", $"BASE=localhost/gitops-triggers-tests/{baseName}:latest",
                ExampleFolder.Of(example)])
            .ExecuteBufferedAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (await ContainerEngine.IsAvailableAsync())
            await ContainerEngine.RunAsync(["rmi", "--force", _image], CancellationToken.None);
        GC.SuppressFinalize(this);
    }

    internal Task<ExampleRun> RunAsync(params (string Name, string Value)[] settings) =>
        RunAsync(settings, files: [], CancellationToken.None);

    /// <param name="settings">Environment variables.</param>
    /// <param name="files">Path in the container, content.</param>
    /// <param name="terminate">When cancelled, the container receives SIGTERM.</param>
    internal async Task<ExampleRun> RunAsync(
        IEnumerable<(string Name, string Value)> settings,
        IEnumerable<(string Path, string Content)> files,
        CancellationToken terminate)
    {
        await ContainerEngine.SkipUnlessAvailableAsync();

        var container = $"gitops-triggers-tests-{example}-{Guid.NewGuid():N}";
        var folder = Directory.CreateTempSubdirectory("gitops-triggers-example-");
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            using var onTerminate = terminate.Register(() => _ = ContainerEngine.RunAsync(
                ["kill", "--signal", "TERM", container], CancellationToken.None));
            var result = await ContainerEngine.RunAsync(
                [.. Restrictions(container), .. Environment(settings), .. Mounts(files, folder), _image], patience.Token);
            return new ExampleRun(result.ExitCode, result.StandardOutput, result.StandardError);
        }
        catch (OperationCanceledException)
        {
            await ContainerEngine.RunAsync(["rm", "--force", container], CancellationToken.None);
            throw;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private IEnumerable<string> Restrictions(string container) =>
    [
        "run", "--rm", "--name", container, "--network=host", "--read-only", "--tmpfs", "/tmp", "--cap-drop=ALL",
        "--security-opt=no-new-privileges", "--memory", "128m", "--cpus", cpus,
    ];

    private static IEnumerable<string> Environment(IEnumerable<(string Name, string Value)> settings) =>
        settings.SelectMany(setting => new[] { "--env", $"{setting.Name}={setting.Value}" });

    private static IEnumerable<string> Mounts(IEnumerable<(string Path, string Content)> files, DirectoryInfo folder)
    {
        foreach (var (path, content) in files)
        {
            var source = Path.Combine(folder.FullName, Path.GetFileName(path));
            File.WriteAllText(source, content);
            yield return "--volume";
            yield return $"{source}:{path}:ro";
        }
    }
}
