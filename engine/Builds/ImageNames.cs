namespace GitOps.Triggers.Builds;

/// <summary>The names under which people find an image. Deployed is the digest, never a name.</summary>
internal sealed record ImageNames
{
    /// <summary>
    /// The only label that the engine puts on an image. Nothing that varies between equal inputs, such as the commit, may stand in one: equal inputs
    /// are to give equal images.
    /// </summary>
    public const string InputHashLabel = "triggers.gitops/input-hash";

    /// <summary>In this machine's store: <c>localhost/gitops-triggers/repository/trigger:hash</c>.</summary>
    public required string Local { get; init; }

    /// <summary>At the registry, without a tag; none when no registry is set.</summary>
    public required string? RegistryRepository { get; init; }

    public required string Tag { get; init; }

    public string? RegistryTag => RegistryRepository is null ? null : $"{RegistryRepository}:{Tag}";

    public static ImageNames Of(BuildRequest request, string? registryPrefix)
    {
        var (path, tag) = ($"{request.Repository.Slug}/{request.Trigger}", request.Inputs.Hash.Short);
        return new ImageNames
        {
            Local = $"localhost/gitops-triggers/{path}:{tag}",
            RegistryRepository = registryPrefix is null ? null : $"{registryPrefix.TrimEnd('/')}/{path}",
            Tag = tag,
        };
    }
}
