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

    /// <summary>What happens just before a CronJob is taken.</summary>
    public Func<Task> Meanwhile { get; set; } = () => Task.CompletedTask;

    /// <returns>None when nothing is applied.</returns>
    public V1CronJob? Find(TriggerKey key) => applied.TryGetValue(key, out var yaml) ? RenderedYaml.Read(yaml) : null;

    public async Task<StageResult<ApplyResult>> ApplyAsync(TriggerKey key, V1CronJob cronJob, CancellationToken ct)
    {
        await Meanwhile();
        if (Refusals.TryGetValue(key.Trigger.Value, out var refusal))
            throw refusal;
        var (standing, wanted) = (applied.GetValueOrDefault(key), RenderedYaml.Write(cronJob));
        applied[key] = wanted;
        return await Done(standing is null ? ApplyResult.Created : standing == wanted ? ApplyResult.Unchanged : ApplyResult.Changed);
    }

    public Task<StageResult<bool>> SuspendAsync(TriggerKey key, string reason, CancellationToken ct)
    {
        if (Find(key) is not { } standing)
            return Done(false);
        applied[key] = RenderedYaml.Write(Suspension.Of(standing, reason));
        return Done(true);
    }

    public Task<StageResult<bool>> PruneAsync(TriggerKey key, CancellationToken ct) => Done(applied.TryRemove(key, out _));

    public Task<StageResult<RunRecord>> RunNowAsync(TriggerKey key, IReadOnlyList<string>? args, CancellationToken ct) =>
        throw new InvalidOperationException("A pass never starts a run.");

    public IAsyncEnumerable<string> LogsAsync(RunRecord run, bool follow, CancellationToken ct) => AsyncEnumerable.Empty<string>();

    private static Task<StageResult<T>> Done<T>(T value) => Task.FromResult<StageResult<T>>(new StageResult<T>.Done(value));
}
