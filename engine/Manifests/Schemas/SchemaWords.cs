using System.Globalization;
using GitOps.Triggers.Domain;
using NJsonSchema;

namespace GitOps.Triggers.Manifests;

/// <summary>Says in words what a schema asks for and what stands there instead.</summary>
internal static class SchemaWords
{
    private const JsonObjectType AnyValue = JsonObjectType.String | JsonObjectType.Number | JsonObjectType.Boolean;

    private static readonly (JsonObjectType Type, string Words)[] Types =
    [
        (JsonObjectType.String, "text"), (JsonObjectType.Integer, "a whole number"), (JsonObjectType.Number, "a number"),
        (JsonObjectType.Boolean, "true or false"), (JsonObjectType.Array, "a list"), (JsonObjectType.Object, "a mapping"),
    ];

    /// <summary><c>a duration</c>, <c>a whole number</c>, <c>text or a mapping</c>.</summary>
    public static string Expected(JsonSchema schema)
    {
        if (schema.Pattern is not null)
            return Noun(schema);
        if (schema.Enumeration.Count > 0)
            return Or(schema.Enumeration.Select(choice => choice!.ToString()!));
        if (schema.Type.HasFlag(AnyValue))
            return schema.Type.HasFlag(JsonObjectType.Object) ? "a value or a mapping" : "a value";
        return Or(Types.Where(pair => schema.Type.HasFlag(pair.Type)).Select(pair => pair.Words));
    }

    /// <summary><c>a, b or c</c>.</summary>
    public static string Or(IEnumerable<string> choices)
    {
        var all = choices.ToList();
        return all.Count < 2 ? string.Concat(all) : $"{string.Join(", ", all[..^1])} or {all[^1]}";
    }

    /// <summary>The schema's title with its article.</summary>
    public static string Noun(JsonSchema schema) => ("aeiou".Contains(schema.Title![0]) ? "an " : "a ") + schema.Title;

    public static string Seen(Node node, bool isSecret) => node switch
    {
        Node.Mapping => "a mapping",
        Node.Sequence => "a list",
        Node.Scalar scalar when CoreSchema.IsNull(scalar) => "nothing",
        Node.Scalar when isSecret => "a single value",
        Node.Scalar scalar when CoreSchema.Boolean(scalar) is not null => scalar.Text,
        Node.Scalar scalar when CoreSchema.Number(scalar) is not null => $"the number {Shown.Text(scalar.Text)}",
        Node.Scalar scalar => $"the text '{Shown.Text(scalar.Text)}'",
        _ => throw new InvalidOperationException("A node of a kind that no file can hold."),
    };

    /// <summary>What to write where something of the wrong kind stands.</summary>
    public static string FixOfKind(Node node, JsonSchema schema)
    {
        if (schema.Enumeration.Count > 0)
            return $"Write {Expected(schema)}.";
        if (schema.Type == JsonObjectType.String && node is Node.Scalar scalar && !CoreSchema.IsNull(scalar))
            return "Put it into quotes.";
        if (schema.Fix() is { } fix)
            return fix;
        if (schema.Type.HasFlag(JsonObjectType.String))
            return "Write text.";
        if (schema.Type.HasFlag(JsonObjectType.Integer))
            return $"Write a whole number{Range(schema)}.";
        if (schema.Type.HasFlag(JsonObjectType.Boolean))
            return "Write true or false, without quotes.";
        return schema.Type.HasFlag(JsonObjectType.Array) ? "Write one '- item' per line, or [a, b]." : "Write one 'key: value' per line below it, indented.";
    }

    public static string Range(JsonSchema schema) => schema is { Minimum: { } low, Maximum: { } high }
        ? string.Create(CultureInfo.InvariantCulture, $" from {low} to {high}")
        : "";
}
