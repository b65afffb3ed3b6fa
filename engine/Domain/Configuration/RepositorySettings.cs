namespace GitOps.Triggers.Domain;

/// <summary>A repository named by the operator, and the files that open it.</summary>
internal sealed record RepositorySettings
{
    public required RepositoryUrl Url { get; init; }

    /// <summary>Default: the URL's last part.</summary>
    public string? Name { get; init; }

    /// <summary>A file with a token, for <c>https://</c>; read at each fetch, so that it can be rotated.</summary>
    public string? TokenFile { get; init; }

    /// <summary>A private key, for <c>ssh://</c>; none: the agent or the user's own keys.</summary>
    public string? SshKeyFile { get; init; }
}
