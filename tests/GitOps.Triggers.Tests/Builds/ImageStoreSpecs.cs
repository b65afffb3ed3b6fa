using GitOps.Triggers.Builds;
using GitOps.Triggers.Containers;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Tests.Containers;
using GitOps.Triggers.Tests.Registries;
using Xunit;

namespace GitOps.Triggers.Tests.Builds;

public sealed class ImageStoreSpecs : IDisposable
{
    private readonly RegistryBench bench = new();

    private static readonly ImageReference Missing = ImageReference.Parse("sha256:" + new string('a', 64));

    private static CancellationToken Cancelled => BuildBench.Cancelled;

    [Fact]
    public async Task Images_that_are_gone_are_told_from_those_that_are_there()
    {
        var engine = await EngineAsync();
        await using var build = new BuildBench().WithBase("USER 65532:65532");
        var image = (await new LocalBuilder(engine, build.Configuration, TimeProvider.System).BuildAsync(build.Request, build.Log, Cancelled)).Done().Image;
        var store = Store();

        Assert.Empty(await store.GoneAsync([image], Cancelled));
        Assert.Equal([Missing], await store.GoneAsync([image, Missing], Cancelled));
    }

    [Fact]
    public async Task An_image_is_removed_if_the_engine_built_it_of_these_inputs_and_nobody_gave_it_another_name()
    {
        var engine = await EngineAsync();
        await using var build = new BuildBench().WithBase("USER 65532:65532");
        var image = (await new LocalBuilder(engine, build.Configuration, TimeProvider.System).BuildAsync(build.Request, build.Log, Cancelled)).Done().Image;
        var (store, other) = (Store(), build.Names.Local + "-kept");

        await store.RemoveAsync(image, InputHash.FromDigest(new byte[32]), Cancelled);
        Assert.True(await store.ExistsAsync(image, Cancelled));

        await engine.TagAsync(image.Digest.Value, other, Cancelled);
        await Assert.ThrowsAsync<ContainerException>(() => store.RemoveAsync(image, build.Hash, Cancelled));
        Assert.True(await store.ExistsAsync(image, Cancelled));

        await engine.RemoveImageAsync(other, Cancelled);
        await store.RemoveAsync(image, build.Hash, Cancelled);
        Assert.False(await store.ExistsAsync(image, Cancelled));
        await store.RemoveAsync(image, build.Hash, Cancelled);
    }

    [Fact]
    public async Task Where_images_are_in_a_registry_no_container_engine_is_needed_to_ask_for_them()
    {
        await using var server = await RegistryServer.StartAsync();
        var store = new ImageStore(TestEngine.Find("/nowhere/podman"), bench.Open());

        Assert.True(await store.ExistsAsync(server.Hold("triggers/a/b"), Cancelled));
        Assert.False(await store.ExistsAsync(server.Image("triggers/a/b"), Cancelled));
        await Assert.ThrowsAsync<ContainerException>(() => store.ExistsAsync(Missing, Cancelled));
    }

    [Fact]
    public async Task An_engine_that_does_not_answer_says_nothing_about_its_images()
    {
        var store = new ImageStore(TestEngine.Find("/nowhere/podman"), bench.Open());

        await Assert.ThrowsAsync<ContainerException>(() => store.GoneAsync([Missing], Cancelled));
        await Assert.ThrowsAsync<ContainerException>(() => store.RemoveAsync(Missing, InputHash.FromDigest(new byte[32]), Cancelled));
    }

    private static async Task<ContainerEngine> EngineAsync() => await (await TestEngine.RequireWithBaseAsync()).RequireAsync(Cancelled);

    private ImageStore Store() => new(TestEngine.Find(Environment.GetEnvironmentVariable(ContainerEngineLocator.Variable)), bench.Open());

    public void Dispose() => bench.Dispose();
}
