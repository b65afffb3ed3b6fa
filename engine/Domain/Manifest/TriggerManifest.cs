namespace GitOps.Triggers.Domain;

/// <summary>A valid <c>trigger.yaml</c>: every default filled in, every schedule resolved, paths relative to the repository's root.</summary>
internal sealed record TriggerManifest
{
    /// <summary>The manifest's own path in the repository, with <c>/</c>.</summary>
    public required string File { get; init; }

    public required TriggerName Name { get; init; }

    public string? Description { get; init; }

    public required BuildSpec Build { get; init; }

    public required IReadOnlyDictionary<EnvironmentName, EnvironmentSpec> Environments { get; init; }
}
