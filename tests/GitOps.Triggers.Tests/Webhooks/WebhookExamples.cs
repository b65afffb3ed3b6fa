using System.Text;
using System.Text.Json;
using CliWrap.Buffered;
using GitOps.Triggers.Tests.Support;
using Xunit;

namespace GitOps.Triggers.Tests.Webhooks;

/// <summary>The payloads that GitHub publishes, fetched by tests/setup/webhook-examples; skips the test where they cannot be had.</summary>
internal static class WebhookExamples
{
    private static readonly Lazy<Task<string?>> Folder = new(FindAsync);

    public static async Task<IReadOnlyList<(string Event, byte[] Body)>> LoadAsync()
    {
        var folder = await Folder.Value;
        Assert.SkipUnless(folder is not null, "tests/setup/webhook-examples could not fetch @octokit/webhooks-examples from npm.");
        using var index = JsonDocument.Parse(await File.ReadAllBytesAsync(Index(folder)));
        return [.. index.RootElement.EnumerateArray().SelectMany(one => one.GetProperty("examples").EnumerateArray()
            .Select(example => (one.GetProperty("name").GetString()!, Encoding.UTF8.GetBytes(example.GetRawText()))))];
    }

    private static async Task<string?> FindAsync()
    {
        var folder = Environment.GetEnvironmentVariable("WEBHOOK_EXAMPLES") ?? Source.File("artifacts", "webhook-examples");
        if (!File.Exists(Index(folder)))
            await CliWrap.Cli.Wrap(Source.File("tests", "setup", "webhook-examples")).WithArguments([folder]).WithValidation(CliWrap.CommandResultValidation.None).ExecuteBufferedAsync();
        return File.Exists(Index(folder)) ? folder : null;
    }

    private static string Index(string folder) => Path.Combine(folder, "package", "api.github.com", "index.json");
}
