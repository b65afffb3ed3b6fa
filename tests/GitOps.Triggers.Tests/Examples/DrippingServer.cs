using System.Net;
using System.Net.Sockets;

namespace GitOps.Triggers.Tests.Examples;

/// <summary>Begins an HTTP answer and sends it byte by byte, so that no single read ever waits for long.</summary>
internal sealed class DrippingServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _dripping;

    public DrippingServer()
    {
        _listener.Start();
        _dripping = DripAsync();
    }

    public string Address => $"http://{_listener.LocalEndpoint}";

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _dripping;
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task DripAsync()
    {
        try
        {
            using var client = await _listener.AcceptTcpClientAsync(_stop.Token);
            await client.GetStream().WriteAsync("HTTP/1.1 200 OK\r\nX-Drip: "u8.ToArray(), _stop.Token);
            while (true)
            {
                await client.GetStream().WriteAsync("."u8.ToArray(), _stop.Token);
                await Task.Delay(TimeSpan.FromMilliseconds(100), _stop.Token);
            }
        }
        catch (Exception end) when (end is OperationCanceledException or IOException)
        {
            // The test is over, or the client has given up.
        }
    }
}
