using System.Net;
using System.Net.Sockets;
using CliWrap;
using Xunit;

namespace GitOps.Triggers.Tests.Containers;

/// <summary>A real registry (Debian's docker-registry) on loopback, with its data in a temporary folder.</summary>
public class TestRegistry : IAsyncLifetime
{
    private const string Program = "docker-registry";

    private readonly CancellationTokenSource stop = new();
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("gitops-triggers-registry-");
    private Task serving = Task.CompletedTask;

    /// <summary><c>127.0.0.1:port</c>.</summary>
    public string Host { get; private set; } = "";

    public static void SkipUnlessInstalled() =>
        Assert.SkipUnless(IsInstalled, $"there is no {Program} on the PATH: install the package docker-registry");

    public async ValueTask InitializeAsync()
    {
        if (!IsInstalled)
            return;
        Host = $"127.0.0.1:{FreePort()}";
        var settings = Path.Combine(folder.FullName, "config.yml");
        await File.WriteAllTextAsync(settings, $$"""
            version: 0.1
            log: { level: error, accesslog: { disabled: true } }
            storage: { filesystem: { rootdirectory: {{folder.FullName}}/data }, delete: { enabled: true } }
            http: { addr: "{{Host}}" }
            {{Guard(folder.FullName)}}
            """);
        // Drained, not closed: a registry that cannot write its log is killed by the broken pipe.
        var drain = PipeTarget.ToStream(Stream.Null);
        serving = CliWrap.Cli.Wrap(Program).WithArguments(["serve", settings]).WithStandardOutputPipe(drain).WithStandardErrorPipe(drain)
            .WithValidation(CommandResultValidation.None).ExecuteAsync(stop.Token);
        using var http = new HttpClient();
        while (!await AnswersAsync(http))
            await Task.Delay(20);
    }

    /// <summary>A line of its settings that says who may ask; empty: anybody.</summary>
    protected virtual string Guard(string folder) => "";

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await stop.CancelAsync();
        await serving.ContinueWith(_ => { }, TaskScheduler.Default);
        stop.Dispose();
        folder.Delete(recursive: true);
    }

    private static bool IsInstalled { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(path => File.Exists(Path.Combine(path, Program)));

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task<bool> AnswersAsync(HttpClient http)
    {
        Assert.False(serving.IsCompleted, $"{Program} ended by itself");
        try
        {
            return (await http.GetAsync($"http://{Host}/v2/")).StatusCode is HttpStatusCode.OK or HttpStatusCode.Unauthorized;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
