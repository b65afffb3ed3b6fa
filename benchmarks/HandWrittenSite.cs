using GitOps.Triggers.Tests.Support.ApiServer;
using k8s;

namespace GitOps.Triggers.Benchmarks;

/// <summary>The API server of the tests, in this very process: it takes its time from the same cores as the engine.</summary>
internal sealed class HandWrittenSite : ISite
{
    private HandWrittenSite(ApiServer server) => (Server, Client, Kubeconfig) = (server, server.Client(), server.KubeconfigFile());

    public string Name => "hand-written API server";

    public string Kubeconfig { get; }

    public Kubernetes Client { get; }

    public ApiServer Server { get; }

    public static async Task<HandWrittenSite> StartAsync()
    {
        var server = await ApiServer.StartAsync();
        server.Token = Guid.NewGuid().ToString("n");
        return new HandWrittenSite(server);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Server.DisposeAsync();
    }
}
