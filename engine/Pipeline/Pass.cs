using GitOps.Triggers.Domain;
using GitOps.Triggers.Intake;

namespace GitOps.Triggers.Pipeline;

/// <summary>One reconciliation: which repository, for which environment.</summary>
internal sealed record Pass
{
    public required ConnectedRepository Repository { get; init; }

    public required EnvironmentDefinition Environment { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>What the queue gave it.</summary>
    public required WorkContext Work { get; init; }

    /// <summary>Finds out whether what is being built is still wanted.</summary>
    public required Supersession Supersession { get; init; }

    public WorkKey Key => new(Repository.Id, Environment.Name);

    public TriggerKey For(TriggerName trigger) => new(Repository.Id, Environment.Name, trigger);

    public TriggerStatus Status(CommitSha commit, TriggerName trigger, TriggerState state, string message, DateTimeOffset now) =>
        new() { Key = For(trigger), Commit = commit, State = state, Message = message, At = now };
}
