using k8s;
using Xunit;

namespace GitOps.Triggers.Tests.Support.ApiServer;

/// <summary>Shows that the hand-written server tells the truth.</summary>
public sealed class RealApiSpecs : ApiAgreement
{
    private protected override Task<IKubernetes> ConnectAsync()
    {
        var file = Environment.GetEnvironmentVariable("KUBECONFIG_TEST");
        Assert.SkipUnless(file is { Length: > 0 }, "KUBECONFIG_TEST names no cluster");
        return Task.FromResult<IKubernetes>(new Kubernetes(KubernetesClientConfiguration.BuildConfigFromConfigFile(file)));
    }
}
