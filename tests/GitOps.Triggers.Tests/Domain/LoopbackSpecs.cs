using GitOps.Triggers.Domain;
using Xunit;

namespace GitOps.Triggers.Tests.Domain;

public sealed class LoopbackSpecs
{
    [Theory]
    [InlineData("127.0.0.1:5000/slug/trigger:1", true)]
    [InlineData("127.1.2.3/slug/trigger", true)]
    [InlineData("localhost:5000/slug/trigger@sha256:abc", true)]
    [InlineData("[::1]:5000/slug/trigger", true)]
    [InlineData("localhost/gitops-triggers/slug/trigger:1", false)]
    [InlineData("registry.example.com/slug/trigger", false)]
    [InlineData("127.0.0.1.example.com/slug/trigger", false)]
    [InlineData("localhost.example.com:5000/slug/trigger", false)]
    [InlineData("10.0.0.1:5000/slug/trigger", false)]
    [InlineData("busybox", false)]
    public void Plain_HTTP_is_for_registries_on_this_machine_only(string image, bool loopback) =>
        Assert.Equal(loopback, Loopback.IsRegistryOf(image));
}
