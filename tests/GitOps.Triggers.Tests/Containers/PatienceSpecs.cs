using GitOps.Triggers.Containers;
using GitOps.Triggers.Domain;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace GitOps.Triggers.Tests.Containers;

public sealed class PatienceSpecs : IDisposable
{
    private readonly FakeTimeProvider time = new();
    private readonly Script podman = new("podman", """
        case "$1" in
          --version) echo podman version 5.4.2 ;;
          version) echo 5.4.2 ;;
          *) touch "${0%/*}/asked"; exec sleep 600 ;;
        esac
        """);

    private ContainerEngineLocator Engines => new(podman.Program, SecretMask.None, time);

    public void Dispose() => podman.Dispose();

    [Fact]
    public Task A_container_engine_that_hangs_is_one_that_does_not_answer() =>
        GivesUpAsync(new JobContainers(Engines, new EngineConfiguration { DataFolder = podman.Folder, Environments = [] }, time).ListAsync(TestEngine.Cancelled), "2m");

    [Theory]
    [InlineData("find", "2m")]
    [InlineData("have", "2m")]
    [InlineData("remove", "2m")]
    [InlineData("tag", "2m")]
    [InlineData("load", "15m")]
    [InlineData("containers", "2m")]
    [InlineData("remove container", "2m")]
    public async Task One_that_hangs_when_it_is_asked_for_an_image_or_a_container_does_not_answer_either(string question, string limit)
    {
        var (engine, ct) = (await Engines.RequireAsync(TestEngine.Cancelled), TestEngine.Cancelled);

        await GivesUpAsync(question switch
        {
            "find" => engine.FindImageAsync("localhost/a:1", ct),
            "have" => engine.HasImagesAsync(["localhost/a:1"], ct),
            "remove" => engine.RemoveImageAsync("localhost/a:1", ct),
            "tag" => engine.TagAsync("localhost/a:1", "localhost/b:1", ct),
            "load" => engine.LoadAsync("image.tar", ct),
            "containers" => engine.ListContainersAsync(["a=b"], ct),
            _ => engine.RemoveContainerAsync("a", ct),
        }, limit);
    }

    private async Task GivesUpAsync(Task call, string limit)
    {
        while (!File.Exists(Path.Combine(podman.Folder, "asked")))
            await Task.Delay(20, TestEngine.Cancelled);

        // Past the grace too, after which what does not end by itself is killed.
        for (time.Advance(Duration.TryParse(limit, out var most) ? most : Patience.Usual); !call.IsCompleted; time.Advance(ContainerCommand.Grace))
            await Task.Delay(50, TestEngine.Cancelled);

        var error = await Assert.ThrowsAsync<ContainerException>(() => call);
        Assert.Equal(ContainerFailureKind.Silent, error.Kind);
        Assert.StartsWith($"The container engine did not answer within {limit}.", error.Message, StringComparison.Ordinal);
    }
}
