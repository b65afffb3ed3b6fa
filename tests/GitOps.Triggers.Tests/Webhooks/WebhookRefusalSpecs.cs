using System.Net;
using Xunit;

namespace GitOps.Triggers.Tests.Webhooks;

/// <summary>What the door turns away. One door for all, since nothing of it may leave a trace.</summary>
public sealed class WebhookRefusalSpecs(SharedDoor shared) : IClassFixture<SharedDoor>
{
    private readonly WebhookDoor door = shared.Door;

    [Theory]
    [Threat(5)]
    [InlineData(null)]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("text/json")]
    [InlineData("application/jsonp")]
    [InlineData("multipart/form-data; boundary=x")]
    public async Task A_content_type_that_is_not_json_is_refused_with_415(string? contentType)
    {
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, await door.StatusAsync(SignedDelivery.Push() with { ContentType = contentType }));
        await NothingIsStoredAsync();
    }

    [Fact]
    public async Task The_content_type_is_judged_before_the_signature()
    {
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
    [Threat(4)]
    [MemberData(nameof(NearMisses))]
    public async Task A_signature_that_nearly_fits_is_refused_with_401(string name, Func<string, string> change)
    {
        Assert.NotEmpty(name);
        var push = SignedDelivery.Push();

        Assert.Equal(HttpStatusCode.Unauthorized, await door.StatusAsync(push with { Signature = change(SignedDelivery.Sign(push.Body, push.Secret)) }));
        await NothingIsStoredAsync();
    }

    [Fact]
    [Threat(4)]
    public async Task A_delivery_signed_by_sha1_only_is_refused()
    {
        Assert.Equal(HttpStatusCode.Unauthorized, await door.StatusAsync(SignedDelivery.Push() with { SignatureHeader = "X-Hub-Signature", Signature = "sha1=0000000000000000000000000000000000000000" }));
        await NothingIsStoredAsync();
    }

    [Fact]
    public async Task A_delivery_signed_with_another_secret_or_for_another_body_is_refused()
    {
        var push = SignedDelivery.Push();

        Assert.Equal(HttpStatusCode.Unauthorized, await door.StatusAsync(push with { Secret = "another" }));
        Assert.Equal(HttpStatusCode.Unauthorized, await door.StatusAsync(push with { Signature = SignedDelivery.Sign("{}"u8.ToArray(), push.Secret) }));
        await NothingIsStoredAsync();
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
        Assert.Equal(HttpStatusCode.BadRequest, await door.StatusAsync(SignedDelivery.Push() with { Guid = guid }));
        Assert.Equal(HttpStatusCode.BadRequest, await door.StatusAsync(SignedDelivery.Push() with { Guid = new string('a', 4_000) }));
        await NothingIsStoredAsync();
    }

    [Theory]
    [InlineData("")]
    [InlineData("Push")]
    [InlineData("push; drop")]
    [InlineData("push,push")]
    public async Task An_event_name_that_GitHub_could_not_have_is_refused_with_400(string name)
    {
        Assert.Equal(HttpStatusCode.BadRequest, await door.StatusAsync(SignedDelivery.Push() with { Event = name }));
        Assert.Equal(HttpStatusCode.BadRequest, await door.StatusAsync(SignedDelivery.Push() with { Event = new string('a', 65) }));
        await NothingIsStoredAsync();
    }

    [Theory]
    [Threat(2)]
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
        Assert.Equal(HttpStatusCode.BadRequest, await door.StatusAsync(SignedDelivery.Of(body)));
        await NothingIsStoredAsync();
    }

    [Fact]
    [Threat(2)]
    public async Task Truncated_UTF_8_and_too_deep_nesting_are_refused_with_400()
    {
        byte[] truncated = [.. "{\"ref\":\"refs/heads/"u8, 0xE2, 0x82, .. "\"}"u8];
        var deep = new string('[', 100_000);

        Assert.Equal(HttpStatusCode.BadRequest, await door.StatusAsync(SignedDelivery.Of("") with { Body = truncated }));
        Assert.Equal(HttpStatusCode.BadRequest, await door.StatusAsync(SignedDelivery.Of($"{{\"x\":{deep}")));
        await NothingIsStoredAsync();
    }

    [Fact]
    public async Task The_secret_is_in_no_answer()
    {
        using var answer = await door.SendAsync(SignedDelivery.Push() with { Secret = "wrong" });

        Assert.DoesNotContain(WebhookDoor.Secret, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain("sha256=", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private async Task NothingIsStoredAsync()
    {
        Assert.Empty(await door.Engine.Deliveries.ListAsync(10, CancellationToken.None));
        Assert.Empty(await door.Engine.Work.ListAsync(CancellationToken.None));
    }
}
