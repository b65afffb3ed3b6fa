namespace GitOps.Triggers.Builds;

/// <summary>The builder that is used, and why it is that one.</summary>
internal sealed record ChosenBuilder
{
    public required IImageBuilder Builder { get; init; }

    /// <summary><c>kaniko (podman)</c>, <c>docker build</c>.</summary>
    public required string Title { get; init; }

    public required string Reason { get; init; }
}
