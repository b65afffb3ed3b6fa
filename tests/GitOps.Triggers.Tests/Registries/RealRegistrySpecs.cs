using GitOps.Triggers.Domain;
using GitOps.Triggers.Registries;
using GitOps.Triggers.Tests.Containers;
using Xunit;

namespace GitOps.Triggers.Tests.Registries;

/// <summary>Debian's docker-registry, open and locked.</summary>
public sealed class RealRegistrySpecs(TestRegistry open, LockedRegistry locked) : IClassFixture<TestRegistry>, IClassFixture<LockedRegistry>, IDisposable
{
    private static readonly ImageDigest Missing = ImageDigest.Parse("sha256:" + new string('0', 64));

    private readonly RegistryBench bench = new();

    [Fact]
    public async Task An_open_registry_tells_what_it_holds()
    {
        TestRegistry.SkipUnlessInstalled();
        var image = await PushedManifest.PushAsync(open.Host, "triggers/reports/nightly", null, RegistryBench.Cancelled);

        Assert.True(await bench.HasAsync(image));
        Assert.False(await bench.HasAsync(image with { Digest = Missing }));
        Assert.False(await bench.HasAsync(image with { Repository = $"{open.Host}/triggers/no-such/repository" }));
    }

    [Fact]
    public async Task A_locked_registry_tells_whoever_has_the_password()
    {
        TestRegistry.SkipUnlessInstalled();
        var login = new RegistryCredentials { Name = "engine", Password = RegistryBench.Password, Origin = "this test" };
        var image = await PushedManifest.PushAsync(locked.Host, "triggers/reports/nightly", login.Basic(), RegistryBench.Cancelled);

        bench.LoggedIn(locked.Host);

        Assert.True(await bench.HasAsync(image));
        Assert.False(await bench.HasAsync(image with { Digest = Missing }));
        using var registries = bench.Open();
        Assert.Equal(bench.LoginFile, await registries.Of(locked.Host).GreetAsync(RegistryBench.Cancelled));
    }

    [Fact]
    public async Task A_locked_registry_says_nothing_of_its_images_to_others()
    {
        TestRegistry.SkipUnlessInstalled();
        var image = new ImageReference { Digest = Missing, Repository = $"{locked.Host}/triggers/a/b" };

        Assert.Equal(RegistryFailureKind.Anonymous, (await bench.FailureAsync(image)).Kind);
        Assert.Equal(RegistryFailureKind.Denied, (await bench.LoggedIn(locked.Host, "wrong").FailureAsync(image)).Kind);
    }

    public void Dispose() => bench.Dispose();
}
