using GitOps.Triggers.Registries;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace GitOps.Triggers.Tests.Registries;

public sealed class RegistrySpecs : IAsyncLifetime
{
    private readonly RegistryBench bench = new();
    private RegistryServer server = null!;

    public async ValueTask InitializeAsync() => server = await RegistryServer.StartAsync();

    [Fact]
    public async Task An_image_that_is_there_takes_one_request_without_a_body()
    {
        Assert.True(await bench.HasAsync(server.Hold("triggers/reports/nightly")));

        var request = Assert.Single(server.Requests);
        Assert.Equal(("HEAD", $"/v2/triggers/reports/nightly/manifests/sha256:{new string('a', 64)}"), (request.Method, request.Path));
        foreach (var type in new[] { "vnd.oci.image.manifest.v1", "vnd.oci.image.index.v1", "vnd.docker.distribution.manifest.v2", "vnd.docker.distribution.manifest.list.v2" })
            Assert.Contains(type, request.Accept, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_image_that_is_not_there_is_told_from_one_that_is()
    {
        server.Hold("triggers/reports/nightly");

        Assert.False(await bench.HasAsync(server.Image("triggers/reports/nightly")));
        Assert.False(await bench.HasAsync(server.Image("triggers/no-such/repository", 'a')));
    }

    [Fact]
    public async Task A_registry_that_does_not_know_HEAD_is_asked_in_full()
    {
        server.Instead = context =>
        {
            if (!HttpMethods.IsHead(context.Request.Method))
                return Task.FromResult(false);
            context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            return Task.FromResult(true);
        };

        Assert.True(await bench.HasAsync(server.Hold("triggers/a/b")));
        Assert.False(await bench.HasAsync(server.Image("triggers/a/b")));
    }

    [Theory]
    [InlineData(200, "<html>Welcome</html>")]
    [InlineData(404, "<html>Not Found</html>")]
    [InlineData(404, "{\"message\":\"no such route\"}")]
    [InlineData(404, "")]
    [InlineData(400, "bad request")]
    [InlineData(204, "")]
    public async Task What_is_no_registry_says_nothing_about_images(int status, string page)
    {
        server.Instead = async context =>
        {
            context.Response.StatusCode = status;
            if (!HttpMethods.IsHead(context.Request.Method) && page.Length > 0)
                await context.Response.WriteAsync(page);
            return true;
        };

        var failure = await bench.FailureAsync(server.Hold("triggers/a/b"));

        Assert.Equal(RegistryFailureKind.Strange, failure.Kind);
        Assert.StartsWith($"The registry {server.Host} could not be asked: it answered as no registry does ({status}", failure.Message, StringComparison.Ordinal);
        Assert.EndsWith("Look whether registry.prefix names a registry, and whether a proxy stands between it and the engine.", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    [Threat(24)]
    public async Task Another_manifest_than_the_one_asked_for_is_not_the_image()
    {
        server.Instead = context =>
        {
            context.Response.Headers["Docker-Content-Digest"] = "sha256:" + new string('0', 64);
            return Task.FromResult(true);
        };

        Assert.Equal(RegistryFailureKind.Strange, (await bench.FailureAsync(server.Hold("triggers/a/b"))).Kind);
    }

    [Fact]
    public async Task A_registry_that_greets_lets_the_engine_in()
    {
        using var registries = bench.Open();

        Assert.Null(await registries.Of(server.Host).GreetAsync(RegistryBench.Cancelled));
        Assert.Equal("/v2/", Assert.Single(server.Requests).Path);
    }

    [Fact]
    public async Task Plain_HTTP_is_spoken_only_where_the_operator_says_so()
    {
        Assert.Equal("https", RegistryAddress.Of("10.0.0.1:5000", plainHttp: false).Api.Scheme);
        Assert.Equal("http://10.0.0.1:5000/v2/", RegistryAddress.Of("10.0.0.1:5000", plainHttp: true).Api.ToString());
        Assert.Equal("http://127.0.0.1:5000/v2/", RegistryAddress.Of("127.0.0.1:5000", plainHttp: false).Api.ToString());
        Assert.Equal("https://registry-1.docker.io/v2/", RegistryAddress.Of("docker.io", plainHttp: false).Api.ToString());

        // The switch is for the registry that stands beside it in engine.yaml, and for no other.
        using var registries = bench.Open("registry.invalid:5000", plainHttp: true);
        var other = await Assert.ThrowsAsync<RegistryException>(() => registries.Of("other.invalid").GreetAsync(RegistryBench.Cancelled));
        Assert.Contains("reaches https://other.invalid/v2/", other.Message, StringComparison.Ordinal);
        var own = await Assert.ThrowsAsync<RegistryException>(() => registries.Of("registry.invalid:5000").GreetAsync(RegistryBench.Cancelled));
        Assert.Contains("reaches http://registry.invalid:5000/v2/", own.Message, StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        bench.Dispose();
        await server.DisposeAsync();
    }
}
