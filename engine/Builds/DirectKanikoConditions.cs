using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Builds;

/// <summary>Where the engine stands, as far as it decides whether Kaniko's executor may run beside it.</summary>
internal sealed record DirectKanikoConditions
{
    public const string Executor = "/kaniko/executor";

    /// <summary>Set by who runs the engine in a container made for one build and thrown away after it: being in a container alone does not say that.</summary>
    public const string Variable = "TRIGGERS_DISPOSABLE_CONTAINER";

    private static readonly string[] ContainerSigns = ["/run/.containerenv", "/.dockerenv", "/var/run/secrets/kubernetes.io"];

    public required bool HasExecutor { get; init; }

    public required bool InContainer { get; init; }

    public required bool Disposable { get; init; }

    public required bool HasRegistry { get; init; }

    public static DirectKanikoConditions Here(EngineConfiguration configuration) => new()
    {
        HasExecutor = File.Exists(Executor),
        InContainer = ContainerSigns.Any(Path.Exists),
        Disposable = Environment.GetEnvironmentVariable(Variable) == "yes",
        HasRegistry = configuration.Registry is not null,
    };

    /// <summary>Why the executor may not run here; none when it may.</summary>
    public string? Refusal => this switch
    {
        { HasExecutor: false } => $"there is no {Executor}",
        { InContainer: false } => "Kaniko replaces the whole file system that it runs in, and this is no container",
        { Disposable: false } => $"Kaniko replaces the whole file system that it runs in; set {Variable}=yes where this container is made for one build and thrown away after it",
        { HasRegistry: false } => "no registry is set, and without podman or docker there is no store for the image",
        _ => null,
    };
}
