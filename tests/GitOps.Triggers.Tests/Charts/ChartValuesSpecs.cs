using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using GitOps.Triggers.Tests.Support;
using Xunit;
using YamlDotNet.RepresentationModel;

namespace GitOps.Triggers.Tests.Charts;

/// <summary>values.yaml, its schema and the README's table say the same. With UPDATE_DOCS=1 what is made of the others is written anew.</summary>
public sealed partial class ChartValuesSpecs
{
    private static readonly string Schema = Path.Combine(Helm.Chart, "values.schema.json");
    private static readonly string Readme = Path.Combine(Helm.Chart, "README.md");

    // What other values say.
    private static readonly string[] Elsewhere = ["data", "server", "webhooks", "database"];
    private static readonly string[] ForEditorsOnly = ["defaultSnippets", "examples", "default", "patternErrorMessage"];
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static bool Updates => Environment.GetEnvironmentVariable("UPDATE_DOCS") == "1";

    private static YamlMappingNode Values => YamlNodes.Documents(File.ReadAllText(Path.Combine(Helm.Chart, "values.yaml"))).Single();

    [Fact]
    public async Task A_misspelt_value_is_refused_wherever_it_stands()
    {
        var places = Places(Values, "").Select(place => place + "misspelt").Concat(
            ["config.registry.misspelt", "config.builder.misspelt", "config.limits.misspelt", "config.environments[0].misspelt", "config.environments[0].target.misspelt", "config.repositories[0].misspelt"]).ToList();
        Assert.True(places.Count > 25, string.Join(' ', places));

        await Parallel.ForEachAsync(places, Ct, async (place, ct) =>
        {
            var result = await Helm.TemplateAsync(ct, "--values", Helm.SetUp("minimal-values.yaml"), "--set", place + "=1");
            Assert.False(result.IsSuccess, $"{place} was taken");
            Assert.Contains("misspelt is not allowed", result.StandardError, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task What_is_required_is_asked_for_by_its_name()
    {
        Assert.Contains("image.repository: name the engine's image", (await Helm.TemplateAsync(Ct, "--set", "config.registry.prefix=registry.example.com/x")).StandardError, StringComparison.Ordinal);
        foreach (var (set, asked) in new[] { ("ingress.enabled=true", "ingress.host: "), ("httpRoute.enabled=true", "httpRoute.host: "), ("serviceAccount.create=false", "serviceAccount.name: ") })
            Assert.Contains(asked, (await Helm.TemplateAsync(Ct, "--set", "image.repository=x,config.registry.prefix=registry.example.com/x", "--set", set)).StandardError, StringComparison.Ordinal);
    }

    [Fact]
    public void The_schema_knows_each_value()
    {
        var schema = JsonNode.Parse(File.ReadAllText(Schema))!;
        Assert.Equal("http://json-schema.org/draft-07/schema#", (string?)schema["$schema"]);
        Assert.All(References().Matches(schema.ToJsonString()), reference => Assert.StartsWith("#/definitions/", reference.Groups[1].Value, StringComparison.Ordinal));
        Compare(Values, schema, "");

        void Compare(YamlMappingNode values, JsonNode node, string path)
        {
            var known = node["properties"]!.AsObject().Select(one => one.Key).Where(key => path.Length > 0 || key != "global").Order(StringComparer.Ordinal);
            Assert.Equal(known, values.Children.Keys.Select(key => key.ToString()).Order(StringComparer.Ordinal));
            foreach (var (key, value) in values.Children)
            {
                if (value is YamlMappingNode inner && path + key != "config" && node["properties"]![key.ToString()]!["properties"] is not null && !IsFree(node["properties"]![key.ToString()]!, inner))
                    Compare(inner, node["properties"]![key.ToString()]!, path + key + ".");
            }
        }
    }

    [Fact]
    public async Task Its_part_on_engine_yaml_is_the_schema_of_engine_yaml()
    {
        var engine = JsonNode.Parse(await File.ReadAllTextAsync(Source.File("schemas", "engine.v1", "engine.schema.json"), Ct))!;
        var schema = JsonNode.Parse(await File.ReadAllTextAsync(Schema, Ct))!;
        var before = schema.ToJsonString();
        var properties = new JsonObject();
        foreach (var (key, value) in engine["properties"]!.AsObject().Where(one => !Elsewhere.Contains(one.Key)))
            properties.Add(key, Plain(value!));
        schema["properties"]!["config"]!["properties"] = properties;
        foreach (var (key, value) in engine["definitions"]!.AsObject())
            schema["definitions"]![key] = Plain(value!);
        if (Updates)
            await File.WriteAllTextAsync(Schema, schema.ToJsonString(Indented) + "\n", Ct);

        Assert.True(Updates || before == schema.ToJsonString(), "values.schema.json does not fit engine.schema.json. Run this test with UPDATE_DOCS=1 and commit the file.");
    }

    [Fact]
    public async Task The_readme_lists_each_value()
    {
        const string Begin = "<!-- values -->\n", End = "<!-- /values -->\n";
        var text = await File.ReadAllTextAsync(Readme, Ct);
        var (from, to) = (text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length, text.IndexOf(End, StringComparison.Ordinal));
        var rows = ValuesTable.Rows(await File.ReadAllLinesAsync(Path.Combine(Helm.Chart, "values.yaml"), Ct));
        Assert.Equal(Leaves(Values, ""), rows.Select(row => row.Key));
        var expected = text[..from] + ValuesTable.Write(rows) + text[to..];
        if (Updates)
            await File.WriteAllTextAsync(Readme, expected, Ct);

        Assert.True(Updates || text == expected, "The table in the chart's README is not what values.yaml says. Run this test with UPDATE_DOCS=1 and commit the file.");
    }

    /// <summary>Helm's own reader of schemas knows no repetition of repetitions beyond a thousand, and the rest is for editors and for the engine's own words.</summary>
    private static JsonNode Plain(JsonNode node) => node switch
    {
        JsonObject map => new JsonObject(map.Where(one => !IsLeftOut(one.Key, one.Value)).Select(one => KeyValuePair.Create(one.Key, (JsonNode?)Plain(one.Value!)))),
        JsonArray list => new JsonArray([.. list.Select(one => Plain(one!))]),
        _ => node.DeepClone(),
    };

    private static bool IsLeftOut(string key, JsonNode? value) =>
        ForEditorsOnly.Contains(key) || key.StartsWith("x-", StringComparison.Ordinal) || (key == "pattern" && value is JsonValue pattern && ((string)pattern!).Contains("){", StringComparison.Ordinal));

    /// <summary>Wherever a key could be misspelt: every object whose keys are known.</summary>
    private static IEnumerable<string> Places(YamlMappingNode values, string path) => values.Children
        .Where(one => one.Value is YamlMappingNode { Children.Count: > 0 } && $"{path}{one.Key}" is not ("builds.quota" or "resources.requests" or "resources.limits"))
        .SelectMany(one => Places((YamlMappingNode)one.Value, $"{path}{one.Key}."))
        .Prepend(path);

    private static IEnumerable<string> Leaves(YamlMappingNode values, string path) => values.Children.SelectMany(one =>
        one.Value is YamlMappingNode { Children.Count: > 0 } inner && $"{path}{one.Key}" is not ("config" or "resources" or "builds.quota") ? Leaves(inner, $"{path}{one.Key}.") : [$"{path}{one.Key}"]);

    private static bool IsFree(JsonNode schema, YamlMappingNode values) => schema["additionalProperties"] is JsonObject || values.Children.Count == 0;

    [GeneratedRegex("\"\\$ref\":\"([^\"]*)\"")]
    private static partial Regex References();
}
