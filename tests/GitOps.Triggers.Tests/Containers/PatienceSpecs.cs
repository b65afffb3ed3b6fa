using GitOps.Triggers.Containers;
using GitOps.Triggers.Domain;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace GitOps.Triggers.Tests.Containers;

public sealed class PatienceSpecs
{
    [Fact]
    public async Task A_container_engine_that_hangs_is_one_that_does_not_answer()
    {
        var time = new FakeTimeProvider();
        using var podman = new Script("podman", """
            case "$1" in
              --version) echo podman version 5.4.2 ;;
              version) echo 5.4.2 ;;
              *) touch "${0%/*}/asked"; exec sleep 600 ;;
            esac
            """);
        var containers = new JobContainers(new ContainerEngineLocator(podman.Program, SecretMask.None, time), new EngineConfiguration { DataFolder = podman.Folder, Environments = [] }, time);
        var list = containers.ListAsync(TestEngine.Cancelled);
        while (!File.Exists(Path.Combine(podman.Folder, "asked")))
            await Task.Delay(20, TestEngine.Cancelled);

        time.Advance(Patience.Usual);

        var error = await Assert.ThrowsAsync<ContainerException>(() => list);
        Assert.Equal((ContainerFailureKind.Engine, true), (error.Kind, error.Message.StartsWith("The container engine did not answer within 2m.", StringComparison.Ordinal)));
    }
}
