using GitOps.Triggers.Manifests;
using GitOps.Triggers.Tests.Support;
using Newtonsoft.Json.Linq;
using NJsonSchema;
using NJsonSchema.Validation;
using Xunit;

namespace GitOps.Triggers.Tests.Manifests;

public sealed class PublishedSchemaSpecs
{
    public static TheoryData<string> Schemas => [SchemaJson.TriggerFile, SchemaJson.EngineFile];

    [Fact]
    public void The_published_contract_is_the_versioned_schema_byte_for_byte()
    {
        Assert.Equal(File.ReadAllBytes(SchemaJson.TriggerFile), File.ReadAllBytes(Source.File("trigger.schema.json")));
    }

    [Fact]
    public void The_engine_holds_files_against_the_very_schemas_that_editors_use()
    {
        Assert.Equal(File.ReadAllText(SchemaJson.TriggerFile), PublishedSchema.Trigger.Text);
        Assert.Equal(File.ReadAllText(SchemaJson.EngineFile), PublishedSchema.Engine.Text);
    }

    [Theory, MemberData(nameof(Schemas))]
    public void An_editor_has_something_to_say_on_every_key(string file)
    {
        var silent = Objects(file).Keys().Where(key => key.Value["description"] is null && key.Value["$ref"] is null).Select(key => key.Path);

        Assert.Empty(silent);
    }

    [Theory, MemberData(nameof(Schemas))]
    public void A_pattern_never_speaks_for_itself(string file)
    {
        var mute = Objects(file).Where(schema => schema["pattern"]?.Type == JTokenType.String && (schema["patternErrorMessage"] is null || schema["title"] is null))
            .Select(schema => schema.Path);

        Assert.Empty(mute);
    }

    [Theory, MemberData(nameof(Schemas))]
    public async Task Examples_and_defaults_are_valid(string file)
    {
        var root = SchemaJson.Read(file);
        foreach (var (schema, value) in Objects(file).SelectMany(Values))
        {
            var rules = schema["$ref"] is { } reference ? (JObject)root.SelectToken(((string)reference!)[2..].Replace('/', '.'))! : schema;
            var single = new JObject(rules.Properties()) { ["definitions"] = root["definitions"] };
            var errors = (await JsonSchema.FromJsonAsync(single.ToString())).Validate(value);

            // The validator misses the required keys of a mapping in a text, too (see SchemaCheck).
            Assert.DoesNotContain(errors.SelectMany(Flatten), error => error.Token is JObject || error.Kind != ValidationErrorKind.PropertyRequired);
        }
    }

    [Theory, MemberData(nameof(Schemas))]
    public void What_is_said_of_unknown_keys_is_said_of_no_known_one(string file)
    {
        var hints = ((JObject)SchemaJson.Read(file)["x-unknown"]!).Properties().Select(hint => hint.Name).ToList();

        Assert.Empty(Objects(file).Keys().Select(key => key.Name).Intersect(hints, StringComparer.OrdinalIgnoreCase));
    }

    [Theory, MemberData(nameof(Schemas))]
    public void Keys_of_my_own_are_allowed_in_every_mapping(string file)
    {
        var closed = Objects(file)
            .Where(schema => schema["properties"] is JObject || schema["additionalProperties"] is not null)
            .Where(schema => schema["type"] is not null && schema["patternProperties"]?["^x-"] is null)
            .Select(schema => schema.Path);

        Assert.Empty(closed);
    }

    private static IEnumerable<ValidationError> Flatten(ValidationError error) =>
        error is ChildSchemaValidationError child ? child.Errors.Values.SelectMany(errors => errors).SelectMany(Flatten) : [error];

    private static IEnumerable<JObject> Objects(string file) => SchemaJson.Read(file).DescendantsAndSelf().OfType<JObject>();

    private static IEnumerable<(JObject Schema, JToken Value)> Values(JObject schema)
    {
        if (schema["type"] is null && schema["$ref"] is null)
            return [];
        var examples = (schema["examples"] as JArray ?? []).Select(example => (schema, example));
        return schema["default"] is { } value ? examples.Append((schema, value)) : examples;
    }
}
