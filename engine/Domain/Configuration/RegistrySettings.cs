namespace GitOps.Triggers.Domain;

/// <summary>Where images are pushed.</summary>
internal sealed record RegistrySettings
{
    /// <summary>Registry and path; the name of the repository and of the trigger are added.</summary>
    public required string Prefix { get; init; }

    /// <summary>A docker <c>config.json</c> with which the engine asks what is there; none: the logins of the engine's user, as podman and docker keep them.</summary>
    public string? CredentialsFile { get; init; }

    /// <summary>It speaks http, not https.</summary>
    public bool PlainHttp { get; init; }

    /// <summary>With its port, where it has one.</summary>
    public string Host => Prefix.Split('/')[0];
}
