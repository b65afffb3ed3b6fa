using Newtonsoft.Json.Linq;

namespace GitOps.Triggers.Manifests;

/// <summary>The tree as JSON, which is what schemas speak of, and the way back from each JSON token to its node. <c>x-…</c> keys are left out: no schema has anything to say on them.</summary>
internal sealed class JsonTokens
{
    private readonly Dictionary<JToken, Node> nodes = new(ReferenceEqualityComparer.Instance);

    public JsonTokens(Node root) => Root = Convert(root);

    public JToken Root { get; }

    /// <summary>The node of a value; for a <see cref="JProperty"/>, its key.</summary>
    public Node NodeOf(JToken token) => nodes[token];

    // Recursion is bounded: the reader refuses files that are nested deeper than a few dozen levels.
    private JToken Convert(Node node)
    {
        JToken token = node switch
        {
            Node.Mapping mapping => new JObject(mapping.Entries.Where(entry => !entry.IsExtension).Select(Convert)),
            Node.Sequence sequence => new JArray(sequence.Items.Select(Convert)),
            _ => Value((Node.Scalar)node),
        };
        nodes[token] = node;
        return token;
    }

    private JProperty Convert(Entry entry)
    {
        var property = new JProperty(entry.Name, Convert(entry.Value));
        nodes[property] = entry.Key;
        return property;
    }

    private static JValue Value(Node.Scalar scalar)
    {
        if (CoreSchema.IsNull(scalar))
            return JValue.CreateNull();
        if (CoreSchema.Boolean(scalar) is { } boolean)
            return new JValue(boolean);
        if (CoreSchema.Integer(scalar) is { } integer)
            return new JValue(integer);
        return CoreSchema.Number(scalar) is { } number ? new JValue(number) : new JValue(scalar.Text);
    }
}
