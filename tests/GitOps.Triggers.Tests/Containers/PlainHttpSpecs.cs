using GitOps.Triggers.Containers;
using GitOps.Triggers.Domain;
using Xunit;

namespace GitOps.Triggers.Tests.Containers;

/// <summary>What podman is told of a registry: a stand-in notes how it was called.</summary>
public sealed class PlainHttpSpecs
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("10.0.0.1:5000/triggers/a:1", "pull --quiet --tls-verify=false -- 10.0.0.1:5000/triggers/a:1")]
    [InlineData("10.0.0.1:50001/triggers/a:1", "pull --quiet -- 10.0.0.1:50001/triggers/a:1")]
    [InlineData("registry.example.com/a:1", "pull --quiet -- registry.example.com/a:1")]
    public async Task Plain_HTTP_is_spoken_with_the_registry_that_the_operator_named_and_no_other(string image, string call)
    {
        using var podman = new Script("podman", "echo \"$@\" >>\"$(dirname \"$0\")/calls\"\n[ \"$1\" != --version ] || echo podman version 4.3.1\n");
        var engine = await new ContainerEngineLocator(podman.Program, SecretMask.None, TimeProvider.System) { PlainHttpRegistry = "10.0.0.1:5000" }.RequireAsync(Cancelled);

        await engine.PullAsync(image, Cancelled);

        Assert.Equal(call, (await File.ReadAllLinesAsync(Path.Combine(podman.Folder, "calls"), Cancelled)).Last());
    }
}
