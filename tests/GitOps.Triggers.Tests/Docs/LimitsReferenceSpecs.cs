using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Json;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Manifests;
using GitOps.Triggers.Tests.Support;
using Xunit;

namespace GitOps.Triggers.Tests.Docs;

/// <summary>With UPDATE_DOCS=1 the table of docs/limits.md is written anew.</summary>
public sealed class LimitsReferenceSpecs
{
    private const string Begin = "<!-- limits -->\n", End = "<!-- /limits -->";

    /// <summary>What happens to what goes beyond, and who is told.</summary>
    private static readonly Dictionary<string, string> Consequences = new(StringComparer.Ordinal)
    {
        ["webhookBody"] = "413; nothing is stored",
        ["repositorySize"] = "the fetch is stopped and takes no room; the environments of this repository say so and stay as they are",
        ["fetchTimeout"] = "the fetch is stopped and tried again, with growing pauses",
        ["manifestSize"] = "a finding; the trigger stays as it is",
        ["manifestsPerRepository"] = "a finding; the first ones, by their paths, are read, and nothing is taken down",
        ["parallelPasses"] = "the next one waits, the repository that was served longest ago first",
        ["parallelPassesPerRepository"] = "the next one waits, and repositories that have fewer go first",
        ["contextSize"] = "a finding before the build; nothing is built",
        ["contextFiles"] = "a finding before the build; nothing is built",
        ["buildTimeout"] = "the build is ended and fails",
        ["buildMemory"] = "the kernel ends the step, and the build fails",
        ["buildCpus"] = "the build takes longer",
        ["buildProcesses"] = "the step cannot start more",
        ["buildDisk"] = "the build is ended and fails",
        ["buildLogSize"] = "the log says where it is cut; the build goes on",
        ["parallelBuilds"] = "the next one waits for its turn, and says so",
        ["parallelBuildsPerRepository"] = "the next one waits for its turn, and others go first",
        ["runLogSize"] = "the log says where it is cut; the run goes on",
        ["parallelRuns"] = "the next one waits for its turn, and says so",
        ["parallelRunsPerRepository"] = "the next one waits for its turn, and others go first",
        ["buildsKept"] = "the oldest go, unless they are deployed or can be",
        ["releasesKept"] = "the oldest go",
        ["keptFor"] = "what is older goes, beyond the newest ones above",
    };

    private static IReadOnlyList<JsonProperty> Settings { get; } =
        [.. JsonDocument.Parse(File.ReadAllBytes(Source.File("schemas", "engine.v1", "engine.schema.json"))).RootElement.GetProperty("properties").GetProperty("limits").GetProperty("properties").EnumerateObject()];

    public static TheoryData<string> Names => [.. Settings.Select(setting => setting.Name)];

    [Fact]
    public async Task The_table_is_what_the_schema_says()
    {
        var file = Source.File("docs", "limits.md");
        var text = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        var (from, to) = (text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length, text.IndexOf(End, StringComparison.Ordinal));
        var expected = text[..from] + Table() + text[to..];
        if (Environment.GetEnvironmentVariable("UPDATE_DOCS") == "1")
            await File.WriteAllTextAsync(file, expected, TestContext.Current.CancellationToken);
        else
            Assert.True(text == expected, "docs/limits.md is not what the schema says. Run this test with UPDATE_DOCS=1 and commit the file.");
    }

    [Theory, MemberData(nameof(Names))]
    public void Each_setting_is_one_limit_whose_default_is_the_one_that_stands_there(string name)
    {
        var setting = Settings.Single(one => one.Name == name).Value;
        var another = setting.TryGetProperty("type", out _) ? (setting.GetProperty("examples")[0].GetInt32() + 1).ToString(CultureInfo.InvariantCulture) : name switch
        {
            "keptFor" => "2d",
            "fetchTimeout" or "buildTimeout" => "1h",
            "buildMemory" or "buildDisk" => "1Gi",
            _ => "1Mi",
        };

        Assert.Single(Different(Read($"{name}: {another}"), new Limits()));
        if (setting.TryGetProperty("default", out var absent))
            Assert.DoesNotContain(Different(Read($"{name}: {absent}"), new Limits()), property => property.Name != nameof(Limits.BuildMemory));
    }

    private static IEnumerable<PropertyInfo> Different(Limits one, Limits other) => typeof(Limits).GetProperties().Where(property => !Equals(property.GetValue(one), property.GetValue(other)));

    private static Limits Read(string limit)
    {
        var reading = EngineConfigurationReader.Read(
            "/etc/triggers/engine.yaml", Encoding.UTF8.GetBytes($"environments: [ {{ name: dev, branch: main }} ]\nwebhooks: {{ secretFiles: [ ./webhook ] }}\nlimits: {{ {limit} }}\n"), _ => "a secret");
        Assert.DoesNotContain(reading.Findings, finding => finding.Severity == Severity.Error);
        return reading.Configuration!.Limits;
    }

    private static string Table()
    {
        var text = new StringBuilder("| setting | default | | beyond it |\n|---|---|---|---|\n");
        foreach (var setting in Settings)
        {
            var absent = setting.Value.TryGetProperty("default", out var value) ? $"`{value}`" : "";
            text.Append($"| `{setting.Name}` | {absent} | {setting.Value.GetProperty("description").GetString()} | {Consequences[setting.Name]} |\n");
        }
        return text.ToString();
    }
}
