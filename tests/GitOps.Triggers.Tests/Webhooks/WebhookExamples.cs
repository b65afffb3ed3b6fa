using System.Text;
using System.Text.Json;
using GitOps.Triggers.Tests.Support;

namespace GitOps.Triggers.Tests.Webhooks;

/// <summary>The payloads that GitHub publishes.</summary>
internal static class WebhookExamples
{
    private static readonly NpmPackage Package = new("@octokit/webhooks-examples@7.6.1", "webhook-examples", "api.github.com/index.json");

    /// <returns>All of them. Skips the test where they cannot be had.</returns>
    public static async Task<IReadOnlyList<(string Event, byte[] Body)>> LoadAsync() => await ReadAsync(await Package.RequireAsync());

    /// <returns>All of them, or none where they cannot be had.</returns>
    public static async Task<IReadOnlyList<(string Event, byte[] Body)>> FindAsync() => await Package.FindAsync() is { } file ? await ReadAsync(file) : [];

    private static async Task<IReadOnlyList<(string Event, byte[] Body)>> ReadAsync(string file)
    {
        using var index = JsonDocument.Parse(await File.ReadAllBytesAsync(file));
        return [.. index.RootElement.EnumerateArray().SelectMany(one => one.GetProperty("examples").EnumerateArray()
            .Select(example => (one.GetProperty("name").GetString()!, Encoding.UTF8.GetBytes(example.GetRawText()))))];
    }
}
