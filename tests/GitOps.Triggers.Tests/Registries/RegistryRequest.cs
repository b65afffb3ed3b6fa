namespace GitOps.Triggers.Tests.Registries;

/// <summary>What a <see cref="RegistryServer"/> was asked.</summary>
internal sealed record RegistryRequest
{
    public required string Method { get; init; }

    /// <summary>With its query.</summary>
    public required string Path { get; init; }

    /// <summary>Empty when there was none.</summary>
    public required string Authorization { get; init; }

    public required string Accept { get; init; }

    public required string Body { get; init; }
}
