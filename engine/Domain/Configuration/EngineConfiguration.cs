namespace GitOps.Triggers.Domain;

/// <summary>A valid <c>engine.yaml</c>: every default filled in, every path absolute (relative ones are read from the file's own folder).</summary>
internal sealed record EngineConfiguration
{
    public required string DataFolder { get; init; }

    /// <summary>Where people and hooks reach the engine.</summary>
    public Uri Url { get; init; } = new("http://127.0.0.1:8080");

    public Uri Listen { get; init; } = new("http://127.0.0.1:8080");

    /// <summary>Where metrics are, and nothing else; none: at <see cref="Listen"/>, with all the rest.</summary>
    public Uri? MetricsListen { get; init; }

    public required IReadOnlyList<EnvironmentDefinition> Environments { get; init; }

    /// <summary>Images go to machines other than this one.</summary>
    public bool HasClusters => Environments.Any(environment => environment.Target is TargetSettings.Kubernetes);

    /// <summary>Something is built or run on this machine.</summary>
    public bool NeedsContainers => Builder.Kind != BuilderKind.Kubernetes || Environments.Any(environment => environment.Target is TargetSettings.Local);

    /// <summary>Where images are pushed; none: they stay in this machine's store.</summary>
    public RegistrySettings? Registry { get; init; }

    public BuilderSettings Builder { get; init; } = new();

    /// <summary>Builds and runs on this machine may ask the cloud's metadata service, and so have all that this machine's own account may do.</summary>
    public bool AllowCloudMetadata { get; init; }

    /// <summary>All of them are accepted, so that a secret can be rotated without losing a delivery.</summary>
    public IReadOnlyList<string> WebhookSecretFiles { get; init; } = [];

    public GitHubSettings? GitHub { get; init; }

    public IReadOnlyList<RepositorySettings> Repositories { get; init; } = [];

    /// <summary>How often git is asked for what webhooks missed.</summary>
    public TimeSpan Resync { get; init; } = TimeSpan.FromMinutes(5);

    public Limits Limits { get; init; } = new();
}
