using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using GitOps.Triggers.Webhooks;

namespace GitOps.Triggers.Tests.Webhooks;

/// <summary>A delivery as GitHub sends it; every part may be replaced or left out.</summary>
internal sealed record SignedDelivery
{
    public string Event { get; init; } = "push";

    public string? Guid { get; init; } = System.Guid.NewGuid().ToString();

    public required byte[] Body { get; init; }

    public string Secret { get; init; } = WebhookDoor.Secret;

    public string? ContentType { get; init; } = "application/json";

    /// <summary>None: the right one.</summary>
    public string? Signature { get; init; }

    public string SignatureHeader { get; init; } = "X-Hub-Signature-256";

    public static SignedDelivery Of(string body) => new() { Body = Encoding.UTF8.GetBytes(body) };

    public static SignedDelivery Push(string branch = "main", string url = "https://github.com/example/jobs.git", bool deleted = false) => Of($$"""
        {"ref":"refs/heads/{{branch}}","before":"6113728f27ae82c7b1a177c8d03f9e96e0adf246","after":"0000000000000000000000000000000000000000","deleted":{{(deleted ? "true" : "false")}},
        "repository":{"id":1,"name":"jobs","full_name":"example/jobs","owner":{"url":"https://github.com/other/thing"},"clone_url":"{{url}}"},"commits":[{"repository":{"clone_url":"https://github.com/other/thing.git"} }]}
        """);

    public static string Sign(byte[] body, string secret) =>
        "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body));

    public HttpRequestMessage Request()
    {
        var content = new ByteArrayContent(Body);
        content.Headers.ContentType = ContentType is null ? null : MediaTypeHeaderValue.Parse(ContentType);
        var request = new HttpRequestMessage(HttpMethod.Post, WebhookRoutes.Path) { Content = content };
        request.Headers.TryAddWithoutValidation("X-GitHub-Event", Event);
        request.Headers.TryAddWithoutValidation(SignatureHeader, Signature ?? Sign(Body, Secret));
        if (Guid is not null)
            request.Headers.TryAddWithoutValidation("X-GitHub-Delivery", Guid);
        return request;
    }
}
