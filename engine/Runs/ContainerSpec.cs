using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Runs;

/// <summary>What a pod's template asks of the one container, without Kubernetes' own forms.</summary>
internal sealed record ContainerSpec
{
    public required ImageReference Image { get; init; }

    /// <summary>Replaces the image's entry point when not empty.</summary>
    public required IReadOnlyList<string> Command { get; init; }

    public required IReadOnlyList<string> Args { get; init; }

    /// <summary>Without those that only the start of a run can know.</summary>
    public required IReadOnlyList<KeyValuePair<string, EnvironmentValue>> Env { get; init; }

    /// <summary>Path in the container → where its content comes from.</summary>
    public required IReadOnlyList<KeyValuePair<string, KeySource>> Files { get; init; }

    /// <summary>Writable folder → its size in bytes.</summary>
    public required IReadOnlyList<KeyValuePair<string, long>> Scratch { get; init; }

    /// <summary>In bytes; swap is not given on top.</summary>
    public long? Memory { get; init; }

    /// <summary>In cores: the share when others want the processor too.</summary>
    public decimal? CpuShare { get; init; }

    /// <summary>In cores: never more than this.</summary>
    public decimal? CpuLimit { get; init; }

    /// <summary>From SIGTERM to SIGKILL.</summary>
    public required TimeSpan Grace { get; init; }
}
