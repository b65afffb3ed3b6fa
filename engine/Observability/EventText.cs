using System.Globalization;
using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Observability;

/// <summary>Events in words.</summary>
internal static class EventText
{
    /// <returns>None for what is not worth a line.</returns>
    public static EventRecord? Of(EngineEvent happened, RepositoryNames names, DateTimeOffset now) => happened switch
    {
        EngineEvent.WorkMarked { Key: var key, Reason: var reason } => new EventRecord
        {
            At = now,
            Kind = "work",
            Repository = key.Repository,
            Environment = key.Environment,
            Text = $"{names.Of(key.Repository)} is due in {key.Environment}: {reason}",
        },
        EngineEvent.RemoteAsked { IsNews: true, Repository: var repository, Problem: var problem } => new EventRecord
        {
            At = now,
            Kind = "remote",
            Repository = repository,
            Text = names.Of(repository) + (problem is null ? " can be asked for its branches again" : $" cannot be asked for its branches: {problem}"),
        },
        EngineEvent.PassFinished { Pass: var pass } when pass.Outcome is not PassOutcome.Unchanged => new EventRecord
        {
            At = now,
            Kind = "pass",
            Repository = pass.Repository,
            Environment = pass.Environment,
            Text = pass.Message,
        },
        EngineEvent.BuildFinished { Build: var build } => new EventRecord
        {
            At = now,
            Kind = "build",
            Repository = build.Repository,
            Environment = build.Environment,
            Trigger = build.Trigger,
            Text = string.Create(CultureInfo.InvariantCulture, $"build {build.Id} {EngineMetrics.Label(build.State)} ({build.Image?.Digest.Short ?? build.Reason})"),
        },
        EngineEvent.Deployed { Deployment: var deployment } => Of(deployment.Key, now, "deployment",
            $"{EngineMetrics.Label(deployment.Kind)}: image {deployment.Image.Digest.Short} of {deployment.Commit.Short}, {deployment.Schedule ?? "awaiting schedule"}"),
        EngineEvent.RunChanged { Run: { IsFinished: true } run } => Of(run.Key, now, "run",
            $"{run.Id} {EngineMetrics.Label(run.State)}{(run.Reason is { } reason ? $" ({reason})" : "")}"),
        _ => null,
    };

    private static EventRecord Of(TriggerKey key, DateTimeOffset now, string kind, string text) =>
        new() { At = now, Kind = kind, Repository = key.Repository, Environment = key.Environment, Trigger = key.Trigger, Text = text };
}
