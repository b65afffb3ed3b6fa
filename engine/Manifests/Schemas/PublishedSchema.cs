using NJsonSchema;

namespace GitOps.Triggers.Manifests;

/// <summary>A schema that editors and this engine share. It is part of the program.</summary>
internal sealed class PublishedSchema
{
    private static readonly Lazy<PublishedSchema> LazyTrigger = new(() => Load("schemas/triggers.v1/trigger.schema.json"));
    private static readonly Lazy<PublishedSchema> LazyEngine = new(() => Load("schemas/engine.v1/engine.schema.json"));

    private PublishedSchema(string text, JsonSchema root) => (Text, Root, Keys) = (text, root, new KnownKeys(root));

    /// <summary>The schema of <c>trigger.yaml</c>.</summary>
    public static PublishedSchema Trigger => LazyTrigger.Value;

    /// <summary>The schema of <c>engine.yaml</c>.</summary>
    public static PublishedSchema Engine => LazyEngine.Value;

    public string Text { get; }

    public JsonSchema Root { get; }

    public KnownKeys Keys { get; }

    private static PublishedSchema Load(string resource)
    {
        using var stream = typeof(PublishedSchema).Assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"The schema '{resource}' is not part of this program.");
        using var reader = new StreamReader(stream);
        var text = reader.ReadToEnd();
        // Nothing is awaited in fact: the schema refers to nothing outside itself.
        return new PublishedSchema(text, JsonSchema.FromJsonAsync(text).GetAwaiter().GetResult());
    }
}
