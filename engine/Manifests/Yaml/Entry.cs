namespace GitOps.Triggers.Manifests;

/// <summary>A key of a mapping and its value. No mapping holds a key twice.</summary>
internal sealed record Entry(Node.Scalar Key, Node Value)
{
    public string Name => Key.Text;

    /// <summary><c>x-…</c> keys are the writer's own: allowed anywhere, read by nobody.</summary>
    public bool IsExtension => Name.StartsWith("x-", StringComparison.Ordinal);
}
