using System.Net;
using System.Net.Sockets;
using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Cli;

/// <summary>Whether the engine runs; if not, whether it could.</summary>
internal static class EngineChecks
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public static async Task<IReadOnlyList<DoctorLine>> AllAsync(EngineConfiguration configuration, Func<EngineClient> connect, CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(Patience);
        Uri? asked = null;
        try
        {
            using var engine = connect();
            asked = engine.Url;
            var info = await engine.EngineAsync(patience.Token);
            return
            [
                DoctorLine.Ok("engine", $"{asked} answers: version {info.Version}, {Words.Count(info.Environments.Count, "environment")}"),
                DoctorLine.Ok("builder", info.Builder),
            ];
        }
        catch (Exception failure) when (failure is CliException or OperationCanceledException && !ct.IsCancellationRequested)
        {
            var message = failure is CliException ? failure.Message : $"The engine at {asked} does not answer in time.";
            return [DoctorLine.Warn("engine", message, "Start it: gitops-triggers serve"), Port(configuration.Listen)];
        }
    }

    /// <summary>Listens for a moment, and answers nothing.</summary>
    private static DoctorLine Port(Uri listen)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.TryParse(listen.Host.Trim('[', ']'), out var address) ? address : IPAddress.Loopback, listen.Port);
            listener.Start();
            return DoctorLine.Ok("port", $"{listen.Port} is free");
        }
        catch (SocketException failure)
        {
            return DoctorLine.Fail("port", $"The engine cannot listen at {listen}: {failure.Message}", "Stop what uses the port, or choose another with server: { listen: … }.");
        }
    }
}
