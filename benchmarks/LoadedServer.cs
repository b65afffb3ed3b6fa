using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;

namespace GitOps.Triggers.Benchmarks;

/// <summary>A server of somebody else, in a process of its own.</summary>
internal sealed class LoadedServer : IAsyncDisposable
{
    private static readonly TimeSpan ReadyWithin = TimeSpan.FromSeconds(60);

    private readonly Process process;

    private LoadedServer(Process process, int port) => (this.process, Url) = (process, new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}")));

    public Uri Url { get; }

    /// <param name="program">The program.</param>
    /// <param name="arguments">Before the port and the file of the secret, which are the last ones.</param>
    /// <param name="secretFile">The secret.</param>
    public static async Task<LoadedServer> StartAsync(string program, IEnumerable<string> arguments, string secretFile)
    {
        var port = Engine.FreePort();
        var start = new ProcessStartInfo(program, [.. arguments, port.ToString(CultureInfo.InvariantCulture), secretFile]);
        var server = new LoadedServer(Process.Start(start)!, port);
        for (var begun = Stopwatch.GetTimestamp(); !await AnswersAsync(port); await Task.Delay(50))
        {
            if (server.process.HasExited || Stopwatch.GetElapsedTime(begun) > ReadyWithin)
                throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} did not come up.");
        }
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
            process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private static async Task<bool> AnswersAsync(int port)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync("127.0.0.1", port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
