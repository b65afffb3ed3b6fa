using System.Net.Sockets;
using System.Text;
using GitOps.Triggers.Webhooks;

namespace GitOps.Triggers.Tests.Webhooks;

/// <summary>HTTP by hand, for what a client library would never send.</summary>
internal sealed class RawConnection : IDisposable
{
    private readonly TcpClient tcp = new();

    public static async Task<RawConnection> OpenAsync(Uri address, CancellationToken ct)
    {
        var connection = new RawConnection();
        await connection.tcp.ConnectAsync(address.Host, address.Port, ct);
        return connection;
    }

    public Task HeadAsync(string headers, CancellationToken ct) =>
        SendAsync(Encoding.ASCII.GetBytes($"POST {WebhookRoutes.Path} HTTP/1.1\r\nHost: localhost\r\n{headers}\r\n\r\n"), ct);

    public async Task SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken ct) => await tcp.GetStream().WriteAsync(bytes, ct);

    public async Task ChunkAsync(ReadOnlyMemory<byte> bytes, CancellationToken ct)
    {
        await SendAsync(Encoding.ASCII.GetBytes($"{bytes.Length:x}\r\n"), ct);
        await SendAsync(bytes, ct);
        await SendAsync("\r\n"u8.ToArray(), ct);
    }

    /// <summary>Sends the same chunk until the other side has had enough.</summary>
    /// <returns>How many bytes went out.</returns>
    public async Task<long> ChunksForEverAsync(ReadOnlyMemory<byte> bytes, CancellationToken ct)
    {
        long sent = 0;
        try
        {
            while (true)
            {
                await ChunkAsync(bytes, ct);
                sent += bytes.Length;
            }
        }
        catch (Exception ended) when (ended is IOException or ObjectDisposedException)
        {
            return sent;
        }
    }

    /// <returns>The status of the answer.</returns>
    public async Task<int> StatusAsync(CancellationToken ct)
    {
        var answer = new byte[1024];
        var length = 0;
        while (length < 12)
        {
            var read = await tcp.GetStream().ReadAsync(answer.AsMemory(length), ct);
            if (read == 0)
                return 0;
            length += read;
        }
        return int.Parse(Encoding.ASCII.GetString(answer, 9, 3), System.Globalization.CultureInfo.InvariantCulture);
    }

    public void Dispose() => tcp.Dispose();
}
