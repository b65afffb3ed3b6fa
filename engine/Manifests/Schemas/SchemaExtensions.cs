using NJsonSchema;

namespace GitOps.Triggers.Manifests;

/// <summary>The words that the published schemas carry beside their rules.</summary>
internal static class SchemaExtensions
{
    public static object? Extension(this JsonSchema schema, string key) =>
        schema.ExtensionData is { } data && data.TryGetValue(key, out var value) ? value : null;

    /// <summary>What to write instead of a value that is refused; editors show the same words.</summary>
    public static string? Fix(this JsonSchema schema) => (schema.Extension("x-fix") ?? schema.Extension("patternErrorMessage")) as string;

    /// <summary>Values here may be secrets, or somebody may take them for the place of a secret: they are never repeated.</summary>
    public static bool IsSecret(this JsonSchema schema) => schema.Extension("x-secret") is true;
}
