using CliWrap;
using GitOps.Triggers.Containers;
using Xunit;

namespace GitOps.Triggers.Tests.Containers;

/// <summary>Docker's own client, with podman answering in place of docker's daemon: its arguments, output and exit codes are real, its daemon is not.</summary>
public sealed class DockerByPodman : IAsyncLifetime
{
    private readonly CancellationTokenSource stop = new();
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("gitops-triggers-docker-");
    private readonly TestRegistry registry = new();
    private Script? client;
    private Task serving = Task.CompletedTask;

    public string Registry => registry.Host;

    internal async Task<ContainerEngine> RequireAsync()
    {
        await TestEngine.RequireWithBaseAsync();
        TestRegistry.SkipUnlessInstalled();
        Assert.SkipUnless(client is not null, "there is no docker client beside podman");
        return await TestEngine.Find(client.Program).RequireAsync(TestEngine.Cancelled);
    }

    public async ValueTask InitializeAsync()
    {
        await registry.InitializeAsync();
        if (!IsOnPath("docker") || !IsOnPath("podman"))
            return;
        var (socket, registries) = (Path.Combine(folder.FullName, "docker"), Path.Combine(folder.FullName, "registries.conf"));
        // Docker's daemon takes a registry on loopback for one without TLS; podman is told so.
        await File.WriteAllTextAsync(registries, $"[[registry]]\nlocation = \"{Registry}\"\ninsecure = true\n");
        client = new Script("docker", $"export DOCKER_HOST=unix://{socket} DOCKER_BUILDKIT=0\nexec docker \"$@\"\n");
        var drain = PipeTarget.ToStream(Stream.Null);
        serving = CliWrap.Cli.Wrap("podman").WithArguments(["system", "service", "--time", "0", "unix://" + socket])
            .WithEnvironmentVariables(variables => variables.Set("CONTAINERS_REGISTRIES_CONF", registries))
            .WithStandardOutputPipe(drain).WithStandardErrorPipe(drain).WithValidation(CommandResultValidation.None).ExecuteAsync(stop.Token);
        while (!File.Exists(socket) && !serving.IsCompleted)
            await Task.Delay(20);
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await serving.ContinueWith(_ => { }, TaskScheduler.Default);
        stop.Dispose();
        client?.Dispose();
        await registry.DisposeAsync();
        folder.Delete(recursive: true);
    }

    private static bool IsOnPath(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(path => File.Exists(Path.Combine(path, program)));
}
