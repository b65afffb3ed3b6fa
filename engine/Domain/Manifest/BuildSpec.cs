namespace GitOps.Triggers.Domain;

/// <summary>What an image is built from. Paths are in the repository, normalised, with <c>/</c> and without a leading one; the root is the empty text.</summary>
internal sealed record BuildSpec
{
    public required string Context { get; init; }

    public required string Dockerfile { get; init; }

    public string? Target { get; init; }

    public IReadOnlyDictionary<string, string> Args { get; init; } = new Dictionary<string, string>();
}
