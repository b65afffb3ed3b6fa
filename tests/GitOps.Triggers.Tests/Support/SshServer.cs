using System.Globalization;
using System.Net;
using System.Net.Sockets;
using CliWrap;
using GitOps.Triggers.Domain;
using Xunit;

namespace GitOps.Triggers.Tests.Support;

/// <summary>A private sshd on loopback with keys of its own, ended with the test.</summary>
internal sealed class SshServer : IAsyncDisposable
{
    private const string Program = "/usr/sbin/sshd";

    private readonly TempFolder folder = new();
    private readonly int port = FreePort();
    private CancellationTokenSource end = new();
    private Task running = Task.CompletedTask;

    private SshServer()
    {
    }

    /// <summary>A private key that the server lets in.</summary>
    public string KeyFile => folder["client"];

    /// <summary>A private key that it does not.</summary>
    public string OtherKeyFile => folder["stranger"];

    public static async Task<SshServer> StartAsync()
    {
        Assert.SkipUnless(File.Exists(Program), "there is no sshd: install openssh-server");
        if (Environment.IsPrivilegedProcess)
            Directory.CreateDirectory("/run/sshd"); // where sshd separates its privileges; a service manager makes it else
        var server = new SshServer();
        await server.MakeKeyAsync("client");
        await server.MakeKeyAsync("stranger");
        File.Copy(server.folder["client.pub"], server.folder["authorized_keys"]);
        await server.RunAsync("host");
        return server;
    }

    public RepositoryUrl Url(string path) =>
        RepositoryUrl.Parse(string.Create(CultureInfo.InvariantCulture, $"ssh://{Environment.UserName}@127.0.0.1:{port}{path}"));

    /// <summary>The same address, answered by another host's key: what an attacker in between looks like.</summary>
    public async Task ChangeHostKeyAsync()
    {
        await StopAsync();
        await RunAsync("otherhost");
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        end.Dispose();
        folder.Dispose();
    }

    private async Task RunAsync(string hostKey)
    {
        await MakeKeyAsync(hostKey);
        folder.Write("sshd_config", string.Create(CultureInfo.InvariantCulture, $"""
            ListenAddress 127.0.0.1:{port}
            HostKey {folder[hostKey]}
            PidFile none
            AuthorizedKeysFile {folder["authorized_keys"]}
            StrictModes no
            UsePAM no
            PasswordAuthentication no
            KbdInteractiveAuthentication no
            PermitRootLogin prohibit-password

            """));
        end = new CancellationTokenSource();
        running = CliWrap.Cli.Wrap(Program).WithArguments(["-D", "-e", "-f", folder["sshd_config"]])
            .WithValidation(CommandResultValidation.None).ExecuteAsync(end.Token).Task;
        await WaitAsync();
    }

    private async Task StopAsync()
    {
        await end.CancelAsync();
        await running.ContinueWith(_ => { }, TaskScheduler.Default);
    }

    private async Task WaitAsync()
    {
        while (!running.IsCompleted)
        {
            using var client = new TcpClient();
            try
            {
                await client.ConnectAsync(IPAddress.Loopback, port);
                return;
            }
            catch (SocketException)
            {
                await Task.Delay(20);
            }
        }
        await running;
        Assert.Fail("sshd ended at once");
    }

    private Task MakeKeyAsync(string name) => CliWrap.Cli.Wrap("ssh-keygen")
        .WithArguments(["-q", "-t", "ed25519", "-N", "", "-C", name, "-f", folder[name]]).ExecuteAsync();

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
