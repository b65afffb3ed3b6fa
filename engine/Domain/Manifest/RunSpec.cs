namespace GitOps.Triggers.Domain;

/// <summary>How a trigger's container runs.</summary>
internal sealed record RunSpec
{
    /// <summary>Replaces the image's ENTRYPOINT when not empty.</summary>
    public IReadOnlyList<string> Command { get; init; } = [];

    /// <summary>Replaces the image's CMD when not empty.</summary>
    public IReadOnlyList<string> Args { get; init; } = [];

    public IReadOnlyDictionary<string, EnvironmentValue> Env { get; init; } = new Dictionary<string, EnvironmentValue>();

    /// <summary>Absolute path in the container → where its content comes from.</summary>
    public IReadOnlyDictionary<string, KeySource> Files { get; init; } = new Dictionary<string, KeySource>();

    public Quantity Cpu { get; init; } = Quantity.Parse("100m");

    public Quantity Memory { get; init; } = Quantity.Parse("128Mi");

    /// <summary>Longest duration of a run, all attempts together.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Further attempts after a failed one.</summary>
    public int Retries { get; init; }

    public ConcurrencyPolicy ConcurrencyPolicy { get; init; } = ConcurrencyPolicy.Forbid;

    /// <summary>A run that could not start this long after its time is missed; none: it starts late, however late.</summary>
    public TimeSpan? StartingDeadline { get; init; }

    public int SuccessfulHistory { get; init; } = 3;

    public int FailedHistory { get; init; } = 3;
}
