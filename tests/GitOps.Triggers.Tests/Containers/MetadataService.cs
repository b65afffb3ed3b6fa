using System.Net;
using System.Net.Sockets;
using CliWrap;
using CliWrap.Buffered;
using GitOps.Triggers.Containers;
using Xunit;

namespace GitOps.Triggers.Tests.Containers;

/// <summary>Something that answers at the address of clouds' metadata, on this machine and for as long as one test needs it.</summary>
internal sealed class MetadataService : IAsyncDisposable
{
    private readonly FileStream turn;
    private readonly TcpListener listener;
    private readonly Task answering;

    private MetadataService(FileStream turn, TcpListener listener) => (this.turn, this.listener, answering) = (turn, listener, AnswerAsync(listener));

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>Skips the running test where this user may not give the machine an address.</summary>
    public static async Task<MetadataService> StartAsync(int port = 0)
    {
        var turn = await TakeTurnAsync();
        var added = await IpAsync("add");
        if (!added.IsSuccess)
            await turn.DisposeAsync();
        Assert.SkipUnless(added.IsSuccess, $"this machine cannot be given the address {MetadataHook.Address}: {added.StandardError.Trim()}");
        var listener = new TcpListener(IPAddress.Parse(MetadataHook.Address), port);
        listener.Start();
        return new MetadataService(turn, listener);
    }

    public async ValueTask DisposeAsync()
    {
        listener.Stop();
        await answering;
        await IpAsync("del");
        await turn.DisposeAsync();
    }

    /// <summary>The address is the machine's, and other tests may want it at this moment.</summary>
    private static async Task<FileStream> TakeTurnAsync()
    {
        while (true)
        {
            try
            {
                return new FileStream(Path.Combine(Path.GetTempPath(), "gitops-triggers-tests-metadata.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException)
            {
                await Task.Delay(100, TestContext.Current.CancellationToken);
            }
        }
    }

    private static async Task AnswerAsync(TcpListener listener)
    {
        try
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync();
                await client.GetStream().WriteAsync("the machine's own credentials\n"u8.ToArray());
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Stopped.
        }
    }

    private static Task<BufferedCommandResult> IpAsync(string what) => CliWrap.Cli.Wrap("ip").WithArguments(["address", what, $"{MetadataHook.Address}/32", "dev", "lo"])
        .WithValidation(CommandResultValidation.None).ExecuteBufferedAsync(CancellationToken.None).Task;
}
