using GitOps.Triggers.Tests.Support;
using Newtonsoft.Json.Linq;

namespace GitOps.Triggers.Tests.Manifests;

/// <summary>The published schemas as plain JSON.</summary>
internal static class SchemaJson
{
    public static string TriggerFile { get; } = Source.File("schemas/triggers.v1/trigger.schema.json");

    public static string EngineFile { get; } = Source.File("schemas/engine.v1/engine.schema.json");

    /// <summary>Every object in the schema, the schema itself first.</summary>
    public static IEnumerable<JObject> Trigger => Read(TriggerFile).DescendantsAndSelf().OfType<JObject>();

    public static IEnumerable<JObject> Engine => Read(EngineFile).DescendantsAndSelf().OfType<JObject>();

    public static JObject Read(string file) => JObject.Parse(File.ReadAllText(file));

    public static IEnumerable<string> Patterns(this IEnumerable<JObject> objects) =>
        objects.Select(schema => schema["pattern"]).Where(pattern => pattern?.Type == JTokenType.String).Select(pattern => (string)pattern!);

    /// <summary>Every key that the schema knows, with what it says of the key.</summary>
    public static IEnumerable<JProperty> Keys(this IEnumerable<JObject> objects) =>
        objects.Select(schema => schema["properties"]).OfType<JObject>().Where(properties => properties.Parent is JProperty { Name: "properties" })
            .SelectMany(properties => properties.Properties());
}
