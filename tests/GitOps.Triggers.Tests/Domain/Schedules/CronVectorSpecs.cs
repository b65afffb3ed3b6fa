using System.Text;
using System.Text.Json;
using GitOps.Triggers.Domain;
using Xunit;

namespace GitOps.Triggers.Tests.Domain.Schedules;

/// <summary>The vectors were computed by the library inside the Kubernetes controller: is the expression valid, and which are the next six starts.</summary>
public sealed class CronVectorSpecs(ITestOutputHelper output)
{
    private const int Shown = 20;

    [Fact]
    [Threat(28)]
    public void Every_vector_agrees_with_the_controller()
    {
        var lines = Files().SelectMany(File.ReadLines).Where(line => line.Length > 0).ToList();
        var disagreements = lines.Select(Disagreement).OfType<string>().ToList();

        output.WriteLine($"{lines.Count - disagreements.Count} of {lines.Count} vectors agree.");
        Assert.True(lines.Count >= 4_000, $"only {lines.Count} vectors were read");
        Assert.True(disagreements.Count == 0, Report(disagreements, lines.Count));
    }

    [Fact]
    public void A_vector_that_says_otherwise_is_reported()
    {
        Assert.Contains("valid", Disagreement("""{"expr":"0 9 * * *","tz":"Etc/UTC","from":"2026-01-01T00:00:00Z","valid":false}"""));
        Assert.Contains("valid", Disagreement("""{"expr":"0 22-1 * * *","tz":"Etc/UTC","from":"2026-01-01T00:00:00Z","valid":true,"next":["2026-01-01T22:00:00Z"]}"""));
        Assert.Contains("09:00", Disagreement("""{"expr":"0 9 * * *","tz":"Etc/UTC","from":"2026-01-01T00:00:00Z","valid":true,"next":["2026-01-01T09:01:00Z"]}"""));
        Assert.Contains("refused", Disagreement("""{"expr":"0 0 31 2 *","tz":"Etc/UTC","from":"2026-01-01T00:00:00Z","valid":true,"next":["2026-03-03T00:00:00Z"]}"""));
    }

    private static IEnumerable<string> Files()
    {
        yield return Path.Combine(AppContext.BaseDirectory, "vectors", "cron.jsonl");
        if (Environment.GetEnvironmentVariable("CRON_VECTORS") is { Length: > 0 } more)
            yield return more;
    }

    /// <returns>What differs; none when all agrees.</returns>
    private static string? Disagreement(string line)
    {
        using var json = JsonDocument.Parse(line);
        var (expression, timeZone) = (Text("expr"), Text("tz"));
        var valid = json.RootElement.GetProperty("valid").GetBoolean();
        if (CronFields.TryParse(expression, out _, out var refused) != valid)
            return $"{line}: expected {(valid ? "valid" : "invalid")}, {refused?.Message ?? "was taken"}";

        var parsed = CronSchedule.TryParse(expression, timeZone, out var schedule, out refused);
        var expected = json.RootElement.TryGetProperty("next", out var next) ? next.EnumerateArray().Select(time => time.GetDateTimeOffset()).ToList() : [];
        if (!parsed)
            return expected.Count == 0 ? null : $"{line}: refused, {refused!.Message}";
        var actual = schedule!.Upcoming(json.RootElement.GetProperty("from").GetDateTimeOffset(), 6).ToList();
        return expected.SequenceEqual(actual) ? null : $"{line}: got {string.Join(' ', actual.Select(time => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", null)))}";

        string Text(string name) => json.RootElement.GetProperty(name).GetString()!;
    }

    private static string Report(List<string> disagreements, int total) => disagreements.Take(Shown).Aggregate(
        new StringBuilder($"{disagreements.Count} of {total} vectors disagree, the first of them:\n"),
        (text, line) => text.AppendLine(line)).ToString();
}
