using System.Net;
using System.Net.Sockets;
using CliWrap;
using Xunit;

namespace GitOps.Triggers.Tests.Containers;

/// <summary>A real registry (Debian's docker-registry), with its data in a temporary folder.</summary>
public class TestRegistry : IAsyncLifetime
{
    /// <summary>The login of one that asks for it: <c>user:password</c>.</summary>
    public const string Login = "push:push-password";

    /// <summary>The password of the user <c>canary</c>, in the same registry.</summary>
    public const string CanaryPassword = "canary/registry+71e4=2b";

    private const string Program = "docker-registry";

    // bcrypt, at its lowest cost: of the login above, of the engine's in the specs of registries, and of the one that is looked for everywhere.
    private const string Logins = """
        push:$2b$04$ZJxKRSCaNRJCA4ZsXynB4OasGRiplRRku/T6S84Xng1z04Axp0rOq
        engine:$2b$04$Dfz0qUc5j85OXI3UYj3uE.l/Mq3rrxel9X6cirQQdfSw5FJ3WYfEu
        canary:$2b$04$ZJxKRSCaNRJCA4ZsXynB4OWmV1ISjvB7KL1tdWj6jdk51k6RZeIDC

        """;

    private readonly CancellationTokenSource stop = new();
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("gitops-triggers-registry-");
    private Task serving = Task.CompletedTask;

    /// <summary>Where it listens.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    public bool AsksForLogin { get; init; }

    /// <summary><c>127.0.0.1:port</c>.</summary>
    public string Host { get; private set; } = "";

    public static void SkipUnlessInstalled() =>
        Assert.SkipUnless(IsInstalled, $"there is no {Program} on the PATH: install the package docker-registry");

    public async ValueTask InitializeAsync()
    {
        if (!IsInstalled)
            return;
        Host = $"{Address}:{FreePort()}";
        var settings = Path.Combine(folder.FullName, "config.yml");
        await File.WriteAllTextAsync(settings, $$"""
            version: 0.1
            log: { level: error, accesslog: { disabled: true } }
            storage: { filesystem: { rootdirectory: {{folder.FullName}}/data }, delete: { enabled: true } }
            http: { addr: "{{Host}}" }
            {{(AsksForLogin ? $"auth: {{ htpasswd: {{ realm: test, path: {folder.FullName}/logins }} }}" : "")}}
            """);
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "logins"), Logins);
        // Drained, not closed: a registry that cannot write its log is killed by the broken pipe.
        var drain = PipeTarget.ToStream(Stream.Null);
        serving = CliWrap.Cli.Wrap(Program).WithArguments(["serve", settings]).WithStandardOutputPipe(drain).WithStandardErrorPipe(drain)
            .WithValidation(CommandResultValidation.None).ExecuteAsync(stop.Token);
        using var http = new HttpClient();
        while (!await AnswersAsync(http))
            await Task.Delay(20);
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await stop.CancelAsync();
        await serving.ContinueWith(_ => { }, TaskScheduler.Default);
        stop.Dispose();
        folder.Delete(recursive: true);
    }

    private static bool IsInstalled { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(path => File.Exists(Path.Combine(path, Program)));

    private int FreePort()
    {
        using var listener = new TcpListener(Address, 0);
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
