using k8s;

namespace GitOps.Triggers.Tests.Support.ApiServer;

public sealed class HandWrittenApiSpecs : ApiAgreement
{
    private ApiServer? server;

    private protected override async Task<IKubernetes> ConnectAsync()
    {
        server = await ApiServer.StartAsync();
        return server.Client();
    }

    private protected override ValueTask DisconnectAsync() => server!.DisposeAsync();
}
