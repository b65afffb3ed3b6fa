using System.Net;
using Xunit;

namespace GitOps.Triggers.Tests.Webhooks;

/// <summary>What is accepted and changes nothing.</summary>
public sealed class WebhookIgnoredSpecs(SharedDoor shared) : IClassFixture<SharedDoor>
{
    private readonly WebhookDoor door = shared.Door;

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"ref":null,"repository":null}""")]
    [InlineData("""{"ref":["refs/heads/main"],"repository":"jobs"}""")]
    [InlineData("""{"ref":{"ref":"refs/heads/main"},"repository":[{"clone_url":"https://github.com/example/jobs.git"}]}""")]
    [InlineData("""{"ref":7,"repository":{"clone_url":7,"full_name":{"x":"example/jobs"}}}""")]
    [InlineData("""{"ref":"refs/heads/main"}""")]
    [InlineData("""{"ref":"refs/heads/--upload-pack=x","repository":{"clone_url":"https://github.com/example/jobs.git"}}""")]
    [InlineData("""{"ref":"refs/heads/a\nb","repository":{"clone_url":"https://github.com/example/jobs.git"}}""")]
    [InlineData("""{"ref":"refs/tags/main","repository":{"clone_url":"https://github.com/example/jobs.git"}}""")]
    public async Task A_push_that_says_nothing_usable_is_recorded_as_ignored(string body)
    {
        var push = SignedDelivery.Of(body);

        Assert.Equal(HttpStatusCode.Accepted, await door.StatusAsync(push));
        var stored = Assert.Single(await door.Engine.Deliveries.ListAsync(100, CancellationToken.None), row => row.Guid == push.Guid);
        Assert.StartsWith("ignored: ", stored.Outcome, StringComparison.Ordinal);
        Assert.Empty(await door.Engine.Work.ListAsync(CancellationToken.None));
    }

    [Theory]
    [Threat(8)]
    [InlineData("http://169.254.169.254/latest/meta-data")]
    [InlineData("file:///etc/passwd")]
    [InlineData("git@evil.example:example/jobs.git")]
    [InlineData("https://user:secret@github.com/example/jobs.git")]
    public async Task An_address_in_a_payload_is_compared_and_never_used(string url)
    {
        var body = $$"""{"ref":"refs/heads/main","repository":{"clone_url":"{{url}}","ssh_url":"{{url}}"} }""";
        using var request = SignedDelivery.Of(body).Request();
        request.Headers.TryAddWithoutValidation("X-GitHub-Enterprise-Host", "evil.example");
        using var answer = await door.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.StartsWith("ignored: ", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain("secret", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Empty(await door.Engine.Work.ListAsync(CancellationToken.None));
    }

    [Theory]
    [InlineData("application/json; charset=utf-8")]
    [InlineData("Application/JSON")]
    public async Task Spellings_of_json_are_accepted(string contentType)
    {
        Assert.Equal(HttpStatusCode.Accepted, await door.StatusAsync(SignedDelivery.Push("feature") with { ContentType = contentType }));
    }
}
