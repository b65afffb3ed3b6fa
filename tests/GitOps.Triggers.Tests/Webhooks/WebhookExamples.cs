using System.Text;
using System.Text.Json;
using GitOps.Triggers.Tests.Support;

namespace GitOps.Triggers.Tests.Webhooks;

/// <summary>The payloads that GitHub publishes.</summary>
internal static class WebhookExamples
{
    private static readonly NpmPackage Package = new("@octokit/webhooks-examples@7.6.1", "webhook-examples", "api.github.com/index.json");

    public static async Task<IReadOnlyList<(string Event, byte[] Body)>> LoadAsync()
    {
        using var index = JsonDocument.Parse(await File.ReadAllBytesAsync(await Package.RequireAsync()));
        return [.. index.RootElement.EnumerateArray().SelectMany(one => one.GetProperty("examples").EnumerateArray()
            .Select(example => (one.GetProperty("name").GetString()!, Encoding.UTF8.GetBytes(example.GetRawText()))))];
    }
}
