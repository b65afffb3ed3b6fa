namespace GitOps.Triggers.Domain;

/// <summary>What a manifest says of one environment, with the manifest's <c>run:</c> and the environment's own merged.</summary>
internal sealed record EnvironmentSpec
{
    /// <summary>None: deployed, runs only on demand ("awaiting schedule").</summary>
    public CronSchedule? Schedule { get; init; }

    public bool Suspend { get; init; }

    public required RunSpec Run { get; init; }

    public Expectation? Expect { get; init; }
}
