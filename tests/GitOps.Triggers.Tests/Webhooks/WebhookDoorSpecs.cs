using System.Net;
using System.Text;
using GitOps.Triggers.Domain;
using Xunit;

namespace GitOps.Triggers.Tests.Webhooks;

public class WebhookDoorSpecs
{
    [Fact]
    public async Task A_signed_push_is_stored_and_marks_the_environment_that_its_branch_feeds()
    {
        await using var door = await WebhookDoor.OpenAsync();
        var push = SignedDelivery.Push("main");

        using var answer = await door.SendAsync(push);

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.Equal("marked dev\n", await answer.Content.ReadAsStringAsync());
        var stored = Assert.Single(await door.Engine.Deliveries.ListAsync(10, CancellationToken.None));
        Assert.Equal((push.Guid, "push", "marked dev", door.Engine.Repository), (stored.Guid, stored.Event, stored.Outcome, stored.Repository));
        var work = Assert.Single(await door.Engine.Work.ListAsync(CancellationToken.None));
        Assert.Equal((door.Engine.Key("dev"), "push to main"), (work.Key, work.Reason));
    }

    [Fact]
    public async Task An_event_that_is_not_acted_upon_is_stored_and_accepted()
    {
        await using var door = await WebhookDoor.OpenAsync();

        var status = await door.StatusAsync(SignedDelivery.Of("""{"action":"created"}""") with { Event = "star" });

        Assert.Equal(HttpStatusCode.Accepted, status);
        var stored = Assert.Single(await door.Engine.Deliveries.ListAsync(10, CancellationToken.None));
        Assert.Equal(("star", "created", "ignored: the event 'star' changes nothing that is deployed"), (stored.Event, stored.Action, stored.Outcome));
        Assert.Empty(await door.Engine.Work.ListAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_push_of_a_repository_that_is_not_connected_says_how_to_connect_it()
    {
        await using var door = await WebhookDoor.OpenAsync();

        using var answer = await door.SendAsync(SignedDelivery.Push(url: "https://github.com/example/other.git"));

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.Equal(
            "ignored: https://github.com/example/other.git is not connected to this engine; connect it with 'gitops-triggers connect URL' or under repositories: in engine.yaml\n",
            await answer.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("text/json")]
    [InlineData("application/jsonp")]
    [InlineData("multipart/form-data; boundary=x")]
    public async Task A_content_type_that_is_not_json_is_refused_with_415(string? contentType)
    {
        await using var door = await WebhookDoor.OpenAsync();

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, await door.StatusAsync(SignedDelivery.Push() with { ContentType = contentType }));
        await NothingIsStoredAsync(door);
    }

    [Theory]
    [InlineData("application/json; charset=utf-8")]
    [InlineData("Application/JSON")]
    public async Task Spellings_of_json_are_accepted(string contentType)
    {
        await using var door = await WebhookDoor.OpenAsync();

        Assert.Equal(HttpStatusCode.Accepted, await door.StatusAsync(SignedDelivery.Push() with { ContentType = contentType }));
    }

    [Fact]
    public async Task The_content_type_is_judged_before_the_signature()
    {
        await using var door = await WebhookDoor.OpenAsync();

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, await door.StatusAsync(SignedDelivery.Push() with { ContentType = "text/plain", Signature = "none" }));
    }

    public static TheoryData<string, Func<string, string>> NearMisses() => new()
    {
        { "none", _ => "" },
        { "one digit off", right => right[..^1] + (right[^1] == '0' ? '1' : '0') },
        { "upper-case digits", right => "sha256=" + right[7..].ToUpperInvariant() },
        { "upper-case prefix", right => "SHA256=" + right[7..] },
        { "no prefix", right => right[7..] },
        { "space before", right => "sha256= " + right[7..] },
        { "padded", right => right + "00" },
        { "padded with a character", right => right + "=" },
        { "cut", right => right[..^2] },
        { "twice", right => right + "," + right },
        { "another algorithm's name", right => "sha512=" + right[7..] },
        { "not hexadecimal", right => right[..^1] + "g" },
    };

    [Theory]
    [MemberData(nameof(NearMisses))]
    public async Task A_signature_that_nearly_fits_is_refused_with_401(string name, Func<string, string> change)
    {
        Assert.NotEmpty(name);
        await using var door = await WebhookDoor.OpenAsync();
        var push = SignedDelivery.Push();

        Assert.Equal(HttpStatusCode.Unauthorized, await door.StatusAsync(push with { Signature = change(SignedDelivery.Sign(push.Body, push.Secret)) }));
        await NothingIsStoredAsync(door);
    }

    [Fact]
    public async Task A_delivery_signed_by_sha1_only_is_refused()
    {
        await using var door = await WebhookDoor.OpenAsync();

        Assert.Equal(HttpStatusCode.Unauthorized, await door.StatusAsync(SignedDelivery.Push() with { SignatureHeader = "X-Hub-Signature", Signature = "sha1=0000000000000000000000000000000000000000" }));
        await NothingIsStoredAsync(door);
    }

    [Fact]
    public async Task A_delivery_signed_with_another_secret_or_for_another_body_is_refused()
    {
        await using var door = await WebhookDoor.OpenAsync();
        var push = SignedDelivery.Push();

        Assert.Equal(HttpStatusCode.Unauthorized, await door.StatusAsync(push with { Secret = "another" }));
        Assert.Equal(HttpStatusCode.Unauthorized, await door.StatusAsync(push with { Signature = SignedDelivery.Sign("{}"u8.ToArray(), push.Secret) }));
        await NothingIsStoredAsync(door);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("72d3162e-cc78-11e3-81ab-4c9367dc095")]
    [InlineData("{72d3162e-cc78-11e3-81ab-4c9367dc0958}")]
    [InlineData("72d3162e-cc78-11e3-81ab-4c9367dc0958, 72d3162e-cc78-11e3-81ab-4c9367dc0958")]
    [InlineData("'; DROP TABLE deliveries; --")]
    public async Task A_delivery_without_a_GUID_is_refused_with_400(string? guid)
    {
        await using var door = await WebhookDoor.OpenAsync();

        Assert.Equal(HttpStatusCode.BadRequest, await door.StatusAsync(SignedDelivery.Push() with { Guid = guid }));
        Assert.Equal(HttpStatusCode.BadRequest, await door.StatusAsync(SignedDelivery.Push() with { Guid = new string('a', 4_000) }));
        await NothingIsStoredAsync(door);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Push")]
    [InlineData("push; drop")]
    [InlineData("push,push")]
    public async Task An_event_name_that_GitHub_could_not_have_is_refused_with_400(string name)
    {
        await using var door = await WebhookDoor.OpenAsync();

        Assert.Equal(HttpStatusCode.BadRequest, await door.StatusAsync(SignedDelivery.Push() with { Event = name }));
        Assert.Equal(HttpStatusCode.BadRequest, await door.StatusAsync(SignedDelivery.Push() with { Event = new string('a', 65) }));
        await NothingIsStoredAsync(door);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"push\"")]
    [InlineData("{")]
    [InlineData("{\"ref\":\"refs/heads/main\"")]
    [InlineData("{} {}")]
    [InlineData("{\"ref\":\"\\ud800\"}")]
    [InlineData("{'ref':1}")]
    [InlineData("\uFEFF{}")]
    public async Task A_body_that_is_not_a_json_object_is_refused_with_400_and_not_stored(string body)
    {
        await using var door = await WebhookDoor.OpenAsync();

        Assert.Equal(HttpStatusCode.BadRequest, await door.StatusAsync(SignedDelivery.Of(body)));
        await NothingIsStoredAsync(door);
    }

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
        await using var door = await WebhookDoor.OpenAsync();

        Assert.Equal(HttpStatusCode.Accepted, await door.StatusAsync(SignedDelivery.Of(body)));
        var stored = Assert.Single(await door.Engine.Deliveries.ListAsync(10, CancellationToken.None));
        Assert.StartsWith("ignored: ", stored.Outcome, StringComparison.Ordinal);
        Assert.Empty(await door.Engine.Work.ListAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Truncated_UTF_8_and_too_deep_nesting_are_refused_with_400()
    {
        await using var door = await WebhookDoor.OpenAsync();
        byte[] truncated = [.. "{\"ref\":\"refs/heads/"u8, 0xE2, 0x82, .. "\"}"u8];
        var deep = new string('[', 100_000);

        Assert.Equal(HttpStatusCode.BadRequest, await door.StatusAsync(SignedDelivery.Of("") with { Body = truncated }));
        Assert.Equal(HttpStatusCode.BadRequest, await door.StatusAsync(SignedDelivery.Of($"{{\"x\":{deep}")));
        await NothingIsStoredAsync(door);
    }

    [Theory]
    [InlineData("http://169.254.169.254/latest/meta-data")]
    [InlineData("file:///etc/passwd")]
    [InlineData("git@evil.example:example/jobs.git")]
    [InlineData("https://user:secret@github.com/example/jobs.git")]
    public async Task An_address_in_a_payload_is_compared_and_never_used(string url)
    {
        await using var door = await WebhookDoor.OpenAsync();

        var body = $$"""{"ref":"refs/heads/main","repository":{"clone_url":"{{url}}","ssh_url":"{{url}}"} }""";
        using var request = SignedDelivery.Of(body).Request();
        request.Headers.TryAddWithoutValidation("X-GitHub-Enterprise-Host", "evil.example");
        using var answer = await door.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.StartsWith("ignored: ", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain("secret", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Empty(await door.Engine.Work.ListAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Refusals_and_acceptances_are_counted_by_a_few_fixed_words()
    {
        await using var door = await WebhookDoor.OpenAsync();
        var seen = new List<EngineEvent.DeliveryReceived>();
        door.Engine.Events.Subscribe(happened => seen.AddRange(new[] { happened }.OfType<EngineEvent.DeliveryReceived>()));

        await door.StatusAsync(SignedDelivery.Push());
        await door.StatusAsync(SignedDelivery.Push("feature"));
        await door.StatusAsync(SignedDelivery.Push() with { Secret = "wrong", Event = "made_up_by_a_stranger" });
        await door.StatusAsync(SignedDelivery.Push() with { ContentType = null });
        await door.StatusAsync(SignedDelivery.Of("nonsense"));

        Assert.Equal(
            [("push", "marked"), ("push", "ignored"), ("unverified", "unauthorized"), ("unverified", "unsupported"), ("unverified", "malformed")],
            seen.Select(one => (one.Event, one.Result)));
    }

    [Fact]
    public async Task The_secret_is_in_no_answer()
    {
        await using var door = await WebhookDoor.OpenAsync();

        using var answer = await door.SendAsync(SignedDelivery.Push() with { Secret = "wrong" });

        Assert.DoesNotContain(WebhookDoor.Secret, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain(Encoding.UTF8.GetString("sha256="u8), await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static async Task NothingIsStoredAsync(WebhookDoor door)
    {
        Assert.Empty(await door.Engine.Deliveries.ListAsync(10, CancellationToken.None));
        Assert.Empty(await door.Engine.Work.ListAsync(CancellationToken.None));
    }
}
