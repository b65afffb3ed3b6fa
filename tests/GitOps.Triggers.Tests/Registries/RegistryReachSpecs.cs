using GitOps.Triggers.Registries;
using Xunit;

namespace GitOps.Triggers.Tests.Registries;

/// <summary>How far credentials go: to the registry and its token service, and no further.</summary>
public sealed class RegistryReachSpecs : IAsyncLifetime
{
    private readonly RegistryBench bench = new();
    private RegistryServer server = null!;
    private RegistryServer elsewhere = null!;

    public async ValueTask InitializeAsync() => (server, elsewhere) = (await RegistryServer.StartAsync(), await RegistryServer.StartAsync());

    [Fact]
    [Threat(16)]
    public async Task A_redirect_to_another_server_is_followed_without_the_credentials()
    {
        Demand(server);
        bench.LoggedIn(server.Host);
        using var registries = bench.Open();
        Assert.False(await registries.HasAsync(server.Image("triggers/a/b"), RegistryBench.Cancelled));
        elsewhere.Hold("triggers/a/b");

        server.Redirect(elsewhere.Url);
        Assert.True(await registries.HasAsync(server.Image("triggers/a/b", 'a'), RegistryBench.Cancelled));

        Assert.NotEqual("", server.Requests.Last().Authorization);
        Assert.Equal("", Assert.Single(elsewhere.Requests).Authorization);
    }

    [Fact]
    public async Task What_another_server_asks_for_is_not_given_to_it()
    {
        server.Redirect(elsewhere.Url);
        Demand(elsewhere);

        var failure = await bench.LoggedIn(server.Host).FailureAsync(server.Image("triggers/a/b"));

        Assert.Equal(RegistryFailureKind.Anonymous, failure.Kind);
        Assert.Contains($"{elsewhere.Host}, to which it sends the engine on, asks for credentials", failure.Message, StringComparison.Ordinal);
        Assert.Equal("", Assert.Single(elsewhere.Requests).Authorization);
    }

    [Fact]
    public async Task A_redirect_on_the_same_server_keeps_the_credentials()
    {
        Demand(server);
        bench.LoggedIn(server.Host);
        var demand = server.Instead;
        server.Instead = context =>
        {
            if (context.Request.Path.Value!.Contains("/moved/", StringComparison.Ordinal))
                return demand(context);
            context.Response.StatusCode = 301;
            context.Response.Headers.Location = context.Request.Path.Value.Replace("/v2/", "/v2/moved/", StringComparison.Ordinal);
            return Task.FromResult(true);
        };
        server.Hold("moved/triggers/a/b");

        Assert.True(await bench.HasAsync(server.Image("triggers/a/b", 'a')));
    }

    [Fact]
    public async Task Redirects_without_an_end_are_no_answer()
    {
        server.Redirect(server.Url);

        Assert.Equal(RegistryFailureKind.Strange, (await bench.FailureAsync(server.Image("triggers/a/b"))).Kind);
        Assert.Equal(4, server.Requests.Count);
    }

    [Theory]
    [InlineData("http://tokens.invalid/token")]
    [InlineData("ftp://127.0.0.1/token")]
    [InlineData("http://user:word@127.0.0.1/token")]
    [InlineData("token")]
    public async Task A_password_is_not_taken_to_a_token_service_that_could_give_it_away(string realm)
    {
        server.Challenge = $"Bearer realm=\"{realm}\",service=\"registry\"";

        var failure = await bench.LoggedIn(server.Host).FailureAsync(server.Image("triggers/a/b"));

        Assert.Equal(RegistryFailureKind.Strange, failure.Kind);
        Assert.Contains($"it sends the engine to '{realm}' for a token, which is neither https nor on the registry itself", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_service_that_sends_on_gets_no_further_question_out_of_the_engine()
    {
        server.Challenge = $"Bearer realm=\"{server.Url}/token\",service=\"registry\"";
        server.Instead = context =>
        {
            if (context.Request.Path != "/token")
                return Task.FromResult(false);
            context.Response.StatusCode = 307;
            context.Response.Headers.Location = $"{elsewhere.Url}/token";
            return Task.FromResult(true);
        };

        Assert.Equal(RegistryFailureKind.Strange, (await bench.LoggedIn(server.Host).FailureAsync(server.Image("triggers/a/b"))).Kind);
        Assert.Empty(elsewhere.Requests);
    }

    [Fact]
    public async Task One_registrys_login_is_not_shown_to_another()
    {
        Demand(elsewhere);

        Assert.Equal(RegistryFailureKind.Anonymous, (await bench.LoggedIn(server.Host).FailureAsync(elsewhere.Image("triggers/a/b"))).Kind);
        Assert.All(elsewhere.Requests, request => Assert.Equal("", request.Authorization));
    }

    private static void Demand(RegistryServer server) => (server.Challenge, server.Admits) = ("Basic realm=\"registry\"", shown => shown.Length > 0);

    public async ValueTask DisposeAsync()
    {
        bench.Dispose();
        await server.DisposeAsync();
        await elsewhere.DisposeAsync();
    }
}
