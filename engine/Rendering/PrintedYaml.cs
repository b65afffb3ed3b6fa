using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace GitOps.Triggers.Rendering;

/// <summary>
/// What <see cref="YamlPrinter"/> printed, back as JSON. The Kubernetes client reads YAML too, and makes itself a reader of all its types for each
/// text, which took more of a pass than anything else that the engine does itself.
/// </summary>
internal static class PrintedYaml
{
    public static JsonNode? Read(string yaml)
    {
        var parser = new Parser(new StringReader(yaml));
        parser.Consume<StreamStart>();
        parser.Consume<DocumentStart>();
        return Node(parser);
    }

    private static JsonNode? Node(Parser parser)
    {
        if (parser.TryConsume<Scalar>(out var scalar))
            return Value(scalar);
        if (parser.TryConsume<SequenceStart>(out _))
        {
            var list = new JsonArray();
            while (!parser.TryConsume<SequenceEnd>(out _))
                list.Add(Node(parser));
            return list;
        }
        parser.Consume<MappingStart>();
        var map = new JsonObject();
        while (!parser.TryConsume<MappingEnd>(out _))
            map.Add(parser.Consume<Scalar>().Value, Node(parser));
        return map;
    }

    /// <summary>A text that could be taken for something else is printed in quotes: what stands bare is a number or a word of JSON, or else a text.</summary>
    private static JsonNode? Value(Scalar scalar) => scalar switch
    {
        { Style: not ScalarStyle.Plain } => JsonValue.Create(scalar.Value),
        { Value: "null" } => null,
        { Value: "true" or "false" } => JsonValue.Create(scalar.Value == "true"),
        { Value: ['-' or (>= '0' and <= '9'), .., >= '0' and <= '9'] or [>= '0' and <= '9'] } => JsonNode.Parse(scalar.Value),
        _ => JsonValue.Create(scalar.Value),
    };
}
