using System.Text;
using GitOps.Triggers.Registries;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace GitOps.Triggers.Tests.Registries;

public sealed class RegistryLoginSpecs : IAsyncLifetime
{
    private static readonly string Basic = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"engine:{RegistryBench.Password}"));

    private readonly FakeTimeProvider time = new(DateTimeOffset.UtcNow);
    private RegistryBench bench = null!;
    private RegistryServer server = null!;

    public async ValueTask InitializeAsync()
    {
        bench = new RegistryBench { Time = time };
        server = await RegistryServer.StartAsync();
    }

    [Fact]
    public async Task Name_and_password_are_shown_when_they_are_asked_for_and_then_at_once()
    {
        (server.Challenge, server.Admits) = ("Basic realm=\"registry\"", shown => shown == Basic);
        using var registries = bench.LoggedIn(server.Host).Open();
        var image = server.Hold("triggers/a/b");

        Assert.True(await registries.HasAsync(image, RegistryBench.Cancelled));
        Assert.True(await registries.HasAsync(image, RegistryBench.Cancelled));

        Assert.Equal(["", Basic, Basic], server.Requests.Select(request => request.Authorization));
        Assert.Equal("the password ***", bench.Secrets.Apply($"the password {RegistryBench.Password}"));
        Assert.Equal(bench.LoginFile, await registries.Of(server.Host).GreetAsync(RegistryBench.Cancelled));
    }

    [Fact]
    public async Task A_token_is_got_where_the_registry_says_and_used_until_it_ends()
    {
        AskForTokens(lasts: 300);
        using var registries = bench.LoggedIn(server.Host).Open();
        var image = server.Hold("triggers/a/b");

        Assert.True(await registries.HasAsync(image, RegistryBench.Cancelled));
        Assert.True(await registries.HasAsync(image, RegistryBench.Cancelled));

        var token = Assert.Single(Tokens());
        Assert.Equal(("GET", Basic), (token.Method, token.Authorization));
        Assert.Equal("/token?client_id=gitops-triggers&service=the%20registry&scope=repository%3Atriggers%2Fa%2Fb%3Apull", token.Path);

        time.Advance(TimeSpan.FromSeconds(300));
        Assert.True(await registries.HasAsync(image, RegistryBench.Cancelled));
        Assert.Equal(2, Tokens().Count());
    }

    [Fact]
    public async Task A_token_that_is_refused_before_its_time_is_replaced()
    {
        AskForTokens(lasts: 300);
        using var registries = bench.LoggedIn(server.Host).Open();
        var image = server.Hold("triggers/a/b");
        Assert.True(await registries.HasAsync(image, RegistryBench.Cancelled));

        AskForTokens(lasts: 300, token: "another-token-1234");
        Assert.True(await registries.HasAsync(image, RegistryBench.Cancelled));
    }

    [Fact]
    public async Task Whoever_has_no_login_gets_a_token_for_anybody()
    {
        AskForTokens(lasts: 300, scope: null);

        Assert.True(await bench.HasAsync(server.Hold("triggers/a/b")));

        var token = Assert.Single(Tokens());
        Assert.Equal("", token.Authorization);
        Assert.EndsWith("&scope=repository%3Atriggers%2Fa%2Fb%3Apull", token.Path, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_identity_token_is_exchanged_in_the_body_of_a_request()
    {
        AskForTokens(lasts: 300, key: "access_token");
        bench.With(new() { [server.Host] = new { auth = Convert.ToBase64String("00000000:"u8), identitytoken = "identity-1234" } });

        Assert.True(await bench.HasAsync(server.Hold("triggers/a/b")));

        var exchange = Assert.Single(Tokens());
        Assert.Equal(("POST", "/token", ""), (exchange.Method, exchange.Path, exchange.Authorization));
        Assert.Equal("client_id=gitops-triggers&service=the+registry&scope=repository%3Atriggers%2Fa%2Fb%3Apull&grant_type=refresh_token&refresh_token=identity-1234", exchange.Body);
        Assert.Equal("***", bench.Secrets.Apply("identity-1234"));
    }

    [Fact]
    public async Task A_token_that_stands_in_the_file_is_used_as_it_is()
    {
        AskForTokens(lasts: 300, token: "registry-token-1234");
        bench.With(new() { [server.Host] = new { registrytoken = "registry-token-1234" } });

        Assert.True(await bench.HasAsync(server.Hold("triggers/a/b")));
        Assert.Empty(Tokens());
    }

    [Fact]
    public async Task Of_two_ways_in_tokens_are_taken()
    {
        AskForTokens(lasts: 300);
        server.Challenge = $"Basic realm=\"registry\", {server.Challenge}";

        Assert.True(await bench.LoggedIn(server.Host).HasAsync(server.Hold("triggers/a/b")));
        Assert.Single(Tokens());
    }

    [Fact]
    public async Task Refused_credentials_never_read_as_a_missing_image()
    {
        server.Challenge = "Basic realm=\"registry\"";

        var failure = await bench.LoggedIn(server.Host).FailureAsync(server.Image("triggers/a/b"));

        Assert.Equal(RegistryFailureKind.Denied, failure.Kind);
        Assert.StartsWith($"The registry {server.Host} could not be asked: it refuses the credentials from {bench.LoginFile} (401 Unauthorized). Renew that login, and let it read", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(RegistryBench.Password, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_login_that_does_not_reach_so_far_is_told_with_where_it_stands()
    {
        (server.Challenge, server.Admits) = ("Basic realm=\"registry\"", _ => true);
        using var registries = bench.LoggedIn(server.Host).Open();
        server.Challenge = "Basic realm=\"registry\"";
        server.Admits = shown => shown == Basic;
        Assert.False(await registries.HasAsync(server.Image("triggers/a/b"), RegistryBench.Cancelled));

        server.Fail(403, times: 1);
        var failure = await Assert.ThrowsAsync<RegistryException>(() => registries.HasAsync(server.Image("triggers/a/b"), RegistryBench.Cancelled));

        Assert.Contains($"it refuses the credentials from {bench.LoginFile} (403 Forbidden)", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_there_is_no_login_it_is_said_where_one_would_have_to_be()
    {
        server.Challenge = "Basic realm=\"registry\"";

        var failure = await bench.FailureAsync(server.Image("triggers/a/b"));

        Assert.Equal(RegistryFailureKind.Anonymous, failure.Kind);
        Assert.Contains($"there are none for it in {bench["runtime/containers/auth.json"]}, {bench["home/.config/containers/auth.json"]}, {bench["home/.docker/config.json"]}.", failure.Message, StringComparison.Ordinal);
        Assert.EndsWith($"Log in as the engine's user ('podman login {server.Host}'), or name the file of a login in registry.credentialsFile.", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(401, """{"errors":[{"code":"UNAUTHORIZED","message":"wrong: {sent}"}]}""", "Denied", "refuses the credentials from")]
    [InlineData(400, """{"error":"invalid_grant","error_description":"{sent}"}""", "Strange", "answered as no registry does")]
    [InlineData(200, """{"no":"token"}""", "Strange", "gives is no token")]
    [InlineData(200, "<html>{sent}</html>", "Strange", "gives is no token")]
    [InlineData(200, """{"token":17}""", "Strange", "gives is no token")]
    [InlineData(302, "", "Strange", "answered as no registry does")]
    public async Task What_a_token_service_refuses_is_told_without_what_it_was_sent(int status, string body, string kind, string said)
    {
        AskForTokens(lasts: 300);
        server.Token = request => (status, body.Replace("{sent}", $"{RegistryBench.Password} {request.Authorization}", StringComparison.Ordinal));

        var failure = await bench.LoggedIn(server.Host).FailureAsync(server.Image("triggers/a/b"));

        Assert.Equal(kind, failure.Kind.ToString());
        Assert.Contains($"its token service {server.Host}", failure.Message, StringComparison.Ordinal);
        Assert.Contains(said, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(RegistryBench.Password, failure.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Basic["Basic ".Length..], failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_that_is_repeated_in_an_answer_is_not_shown()
    {
        AskForTokens(lasts: 300, token: "token-canary-7f3a");
        server.Instead = async context =>
        {
            var shown = context.Request.Headers.Authorization.ToString();
            if (!shown.StartsWith("Bearer", StringComparison.Ordinal))
                return false;
            context.Response.StatusCode = context.Request.Method == "HEAD" ? 404 : 403;
            if (context.Request.Method != "HEAD")
                await Microsoft.AspNetCore.Http.HttpResponseWritingExtensions.WriteAsync(context.Response, $$"""{"errors":[{"code":"DENIED","message":"not with {{shown}}"}]}""");
            return true;
        };

        var failure = await bench.LoggedIn(server.Host).FailureAsync(server.Image("triggers/a/b"));

        Assert.Contains("(403 Forbidden, DENIED: not with Bearer ***)", failure.Message, StringComparison.Ordinal);
    }

    private void AskForTokens(int lasts, string token = "token-1234", string key = "token", string? scope = "repository:triggers/a/b:pull")
    {
        server.Challenge = $"Bearer realm=\"{server.Url}/token\",service=\"the registry\"{(scope is null ? "" : $",scope=\"{scope}\"")}";
        server.Admits = shown => shown == $"Bearer {token}";
        server.Token = _ => (200, $$"""{"{{key}}":"{{token}}","expires_in":{{lasts}}}""");
    }

    private IEnumerable<RegistryRequest> Tokens() => server.Requests.Where(request => request.Path.StartsWith("/token", StringComparison.Ordinal));

    public async ValueTask DisposeAsync()
    {
        bench.Dispose();
        await server.DisposeAsync();
    }
}
