namespace GitOps.Triggers.Domain;

/// <summary>What a build made.</summary>
internal sealed record BuiltImage
{
    public required ImageReference Image { get; init; }

    /// <summary>Which builder made it, for people: <c>kaniko (podman)</c>, <c>podman build</c>.</summary>
    public required string Builder { get; init; }
}
