using GitOps.Triggers.Containers;
using Xunit;

namespace GitOps.Triggers.Tests.Containers;

public sealed class ContainerEngineSpecs(TestRegistry registry) : IClassFixture<TestRegistry>
{
    private const string Missing = "sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task I_can_look_at_an_image()
    {
        var engine = await EngineAsync();

        var image = await engine.FindImageAsync(TestEngine.BaseImage, Cancelled);

        Assert.NotNull(image);
        Assert.Equal("", image.User);
        Assert.Empty(image.Entrypoint);
        Assert.Equal(image.Id, (await engine.FindImageAsync(image.Id.Value, Cancelled))?.Id);
    }

    [Fact]
    public async Task I_can_ask_for_several_images_at_once()
    {
        var engine = await EngineAsync();
        var id = (await engine.FindImageAsync(TestEngine.BaseImage, Cancelled))!.Id.Value;

        Assert.True(await engine.HasImagesAsync([id, TestEngine.BaseImage], Cancelled));
        Assert.False(await engine.HasImagesAsync([id, Missing], Cancelled));
    }

    [Theory]
    [InlineData("localhost/gitops-triggers-tests/no-such-image:1")]
    [InlineData(Missing)]
    [InlineData("--help")]
    public async Task An_image_that_is_not_there_is_no_error(string image)
    {
        var engine = await EngineAsync();

        Assert.Null(await engine.FindImageAsync(image, Cancelled));
        if (!image.StartsWith('-'))
            await engine.RemoveImageAsync(image, Cancelled);
    }

    [Fact]
    public async Task I_can_push_an_image_and_pull_the_very_same_by_its_digest()
    {
        TestRegistry.SkipUnlessInstalled();
        var engine = await EngineAsync();
        var repository = $"{registry.Host}/engine/specs";

        var digest = await engine.PushAsync(TestEngine.BaseImage, repository + ":1", Cancelled);
        var reference = $"{repository}@{digest}";
        await engine.PullAsync(reference, Cancelled);
        Assert.Equal((await engine.FindImageAsync(TestEngine.BaseImage, Cancelled))!.Id, (await engine.FindImageAsync(reference, Cancelled))!.Id);
    }

    [Fact]
    public async Task An_image_that_a_registry_does_not_hold_cannot_be_pulled()
    {
        TestRegistry.SkipUnlessInstalled();
        var engine = await EngineAsync();

        var error = await Assert.ThrowsAsync<ContainerException>(() => engine.PullAsync($"{registry.Host}/engine/specs@{Missing}", Cancelled));
        Assert.Equal(ContainerFailureKind.NotFound, error.Kind);
    }

    [Fact]
    public async Task I_can_load_an_archive_and_tag_and_remove_an_image()
    {
        var engine = await EngineAsync();
        var archive = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        const string Name = "localhost/gitops-triggers-tests/engine-specs:1";
        try
        {
            await engine.TagAsync(TestEngine.BaseImage, Name, Cancelled);
            await engine.Command.RunAsync(["save", "--output", archive, Name], Cancelled);
            await engine.RemoveImageAsync(Name, Cancelled);
            Assert.Null(await engine.FindImageAsync(Name, Cancelled));

            var id = await engine.LoadAsync(archive, Cancelled);

            Assert.Equal(id, (await engine.FindImageAsync(Name, Cancelled))!.Id);
        }
        finally
        {
            File.Delete(archive);
            await engine.RemoveImageAsync(Name, Cancelled);
        }
    }

    [Fact]
    public async Task I_can_find_containers_by_label_and_remove_them_while_they_run()
    {
        var engine = await EngineAsync();
        var label = ContainerOwner.LabelOf(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()));
        await engine.Command.RunAsync(["run", "--detach", "--network", "none", "--label", label, TestEngine.BaseImage, "sleep", "600"], Cancelled);

        var containers = await engine.ListContainersAsync([label], Cancelled);
        await engine.RemoveContainerAsync(Assert.Single(containers), Cancelled);

        Assert.Empty(await engine.ListContainersAsync([label], Cancelled));
        await engine.RemoveContainerAsync(containers[0], Cancelled);
    }

    private static async Task<ContainerEngine> EngineAsync() => await (await TestEngine.RequireWithBaseAsync()).RequireAsync(Cancelled);
}
