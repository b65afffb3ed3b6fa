using System.Collections.Concurrent;
using GitOps.Triggers.Deployment;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Rendering;
using k8s.Models;

namespace GitOps.Triggers.Tests.Pipeline;

/// <summary>A target that holds what is applied to it, and starts nothing.</summary>
internal sealed class KeepingTarget : ITarget
{
    private readonly ConcurrentDictionary<TriggerKey, string> applied = new();

    /// <summary>The triggers that it does not take.</summary>
    public ConcurrentDictionary<string, Exception> Refusals { get; } = new(StringComparer.Ordinal);

    /// <returns>None when nothing is applied.</returns>
    public V1CronJob? Find(TriggerKey key) => applied.TryGetValue(key, out var yaml) ? RenderedYaml.Read(yaml) : null;

    public Task<ApplyResult> ApplyAsync(TriggerKey key, V1CronJob cronJob, CancellationToken ct)
    {
        if (Refusals.TryGetValue(key.Trigger.Value, out var refusal))
            throw refusal;
        var (standing, wanted) = (applied.GetValueOrDefault(key), RenderedYaml.Write(cronJob));
        applied[key] = wanted;
        return Task.FromResult(standing is null ? ApplyResult.Created : standing == wanted ? ApplyResult.Unchanged : ApplyResult.Changed);
    }

    public Task SuspendAsync(TriggerKey key, string reason, CancellationToken ct)
    {
        if (Find(key) is { } standing)
            applied[key] = RenderedYaml.Write(Suspension.Of(standing, reason));
        return Task.CompletedTask;
    }

    public Task PruneAsync(TriggerKey key, CancellationToken ct)
    {
        applied.TryRemove(key, out _);
        return Task.CompletedTask;
    }

    public Task<StageResult<RunRecord>> RunNowAsync(TriggerKey key, IReadOnlyList<string>? args, CancellationToken ct) =>
        throw new InvalidOperationException("A pass never starts a run.");

    public IAsyncEnumerable<string> LogsAsync(RunRecord run, bool follow, CancellationToken ct) => AsyncEnumerable.Empty<string>();
}
