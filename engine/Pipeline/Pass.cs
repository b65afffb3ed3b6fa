using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Pipeline;

/// <summary>One reconciliation: which repository, for which environment.</summary>
internal sealed record Pass
{
    public required ConnectedRepository Repository { get; init; }

    public required EnvironmentDefinition Environment { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    /// <inheritdoc cref="Intake.WorkContext.Asked"/>
    public long? Asked { get; init; }

    /// <summary>Finds out whether what is being built is still wanted.</summary>
    public required Supersession Supersession { get; init; }

    public WorkKey Key => new(Repository.Id, Environment.Name);

    public TriggerKey For(TriggerName trigger) => new(Repository.Id, Environment.Name, trigger);
}
