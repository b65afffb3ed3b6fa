using GitOps.Triggers.Registries;
using GitOps.Triggers.Tests.Support;
using Xunit;

namespace GitOps.Triggers.Tests.Registries;

/// <summary>No outage ever reads as "the image is not there".</summary>
public sealed class RegistryOutageSpecs : IAsyncLifetime
{
    private readonly RegistryBench bench = new() { Patience = new RegistryPatience { FirstWait = TimeSpan.FromMilliseconds(1), Attempt = TimeSpan.FromSeconds(30) } };
    private RegistryServer server = null!;

    public async ValueTask InitializeAsync() => server = await RegistryServer.StartAsync();

    [Theory]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    public async Task What_passes_is_waited_out(int status)
    {
        server.Fail(status, times: 3, retryAfter: "0");

        Assert.True(await bench.HasAsync(server.Hold("triggers/a/b")));
        Assert.Equal(4, server.Requests.Count);
    }

    [Theory]
    [InlineData(429, "Throttled", "it has had too many requests (429 Too Many Requests). It is tried again.")]
    [InlineData(500, "Unreachable", "it is in trouble (500 Internal Server Error). Look whether")]
    [InlineData(503, "Unreachable", "it is in trouble (503 Service Unavailable). Look whether")]
    public async Task What_does_not_pass_is_told(int status, string kind, string said)
    {
        server.Fail(status, times: int.MaxValue);

        var failure = await bench.FailureAsync(server.Image("triggers/a/b"));

        Assert.Equal(kind, failure.Kind.ToString());
        Assert.StartsWith($"The registry {server.Host} could not be asked: {said}", failure.Message, StringComparison.Ordinal);
        Assert.Equal(4, server.Requests.Count);
    }

    [Theory]
    [InlineData("77", 77)]
    [InlineData("86400", 86400)]
    public async Task Whoever_asks_for_a_long_wait_is_not_asked_again_by_the_same_call(string retryAfter, int seconds)
    {
        server.Fail(429, times: int.MaxValue, retryAfter);

        var failure = await bench.FailureAsync(server.Image("triggers/a/b"));

        Assert.Equal(TimeSpan.FromSeconds(seconds), failure.RetryAfter);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_lost_answer_is_asked_for_again()
    {
        server.LoseAnswers(times: 2);

        Assert.True(await bench.HasAsync(server.Hold("triggers/a/b")));
    }

    [Fact]
    public async Task A_registry_that_loses_every_answer_could_not_be_asked()
    {
        server.LoseAnswers(times: int.MaxValue);

        Assert.Equal(RegistryFailureKind.Unreachable, (await bench.FailureAsync(server.Image("triggers/a/b"))).Kind);
    }

    [Fact]
    public async Task A_registry_that_is_not_there_could_not_be_asked()
    {
        var image = server.Image("triggers/a/b");
        await server.DisposeAsync();

        var failure = await bench.FailureAsync(image);

        Assert.Equal(RegistryFailureKind.Unreachable, failure.Kind);
        Assert.Contains("it cannot be reached (Connection refused). Look whether the engine's machine reaches http://127.0.0.1:", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_registry_that_does_not_answer_is_given_up_and_then_left_alone()
    {
        using var hasty = new RegistryBench { Patience = new RegistryPatience { FirstWait = TimeSpan.FromMilliseconds(1), Attempt = TimeSpan.FromMilliseconds(100), Retries = 1 } };
        using var registries = hasty.Open();
        server.FallSilent();
        var image = server.Hold("triggers/a/b");

        for (var call = 0; call < 2; call++)
        {
            var silent = await Assert.ThrowsAsync<RegistryException>(() => registries.HasAsync(image, RegistryBench.Cancelled));
            Assert.Contains("it did not answer in time", silent.Message, StringComparison.Ordinal);
        }
        var asked = server.Requests.Count;
        var left = await Assert.ThrowsAsync<RegistryException>(() => registries.HasAsync(image, RegistryBench.Cancelled));

        Assert.Contains("it did not answer the last times", left.Message, StringComparison.Ordinal);
        Assert.Equal(asked, server.Requests.Count);
    }

    [Fact]
    public async Task A_wish_to_stop_is_no_outage()
    {
        server.FallSilent();
        using var registries = bench.Open();
        using var stop = new CancellationTokenSource();

        var question = registries.HasAsync(server.Image("triggers/a/b"), stop.Token);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => question);
    }

    [Fact]
    public async Task TLS_that_this_machine_does_not_trust_is_refused_until_its_authority_stands_where_podman_looks()
    {
        using var certificate = GitHttpServer.SelfSigned();
        await using var secure = await RegistryServer.StartAsync(certificate);
        // Written so it is not taken for this machine's own, to which http would be spoken.
        var host = secure.Host.Replace("127.0.0.1", "Localhost", StringComparison.Ordinal);
        var image = secure.Hold("triggers/a/b") with { Repository = $"{host}/triggers/a/b" };

        var failure = await bench.FailureAsync(image);
        Assert.Equal(RegistryFailureKind.Untrusted, failure.Kind);
        Assert.EndsWith($"into /etc/containers/certs.d/{host}/ca.crt; if it speaks http, set registry.plainHttp.", failure.Message, StringComparison.Ordinal);

        bench.Write($"home/.config/containers/certs.d/{host}/ca.crt", certificate.ExportCertificatePem());
        Assert.True(await bench.HasAsync(image));
    }

    public async ValueTask DisposeAsync()
    {
        bench.Dispose();
        await server.DisposeAsync();
    }
}
