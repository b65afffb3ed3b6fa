namespace GitOps.Triggers.Benchmarks;

/// <summary>What <c>push.lua</c> tells of one load; times in microseconds.</summary>
internal sealed record LoadFigures
{
    public required long Requests { get; init; }

    public required long Microseconds { get; init; }

    /// <summary>Answered with a status above 399.</summary>
    public required long Refused { get; init; }

    /// <summary>Not answered.</summary>
    public required long Broken { get; init; }

    public required long Median { get; init; }

    public required long P99 { get; init; }

    /// <summary>What the server took; nothing where it is somebody else's.</summary>
    public TimeSpan Processor { get; init; }

    public double PerSecond => Requests * 1_000_000.0 / Microseconds;
}
