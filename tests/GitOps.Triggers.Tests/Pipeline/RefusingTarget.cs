using GitOps.Triggers.Deployment;
using GitOps.Triggers.Domain;
using k8s.Models;

namespace GitOps.Triggers.Tests.Pipeline;

/// <summary>A target that holds an object of somebody else's, and touches it in no way.</summary>
internal sealed class RefusingTarget : ITarget
{
    public Task<StageResult<ApplyResult>> ApplyAsync(TriggerKey key, V1CronJob cronJob, CancellationToken ct) => Refused<ApplyResult>();

    public Task<StageResult<bool>> SuspendAsync(TriggerKey key, string reason, CancellationToken ct) => Refused<bool>();

    public Task<StageResult<bool>> PruneAsync(TriggerKey key, CancellationToken ct) => Refused<bool>();

    public Task<StageResult<RunRecord>> RunNowAsync(TriggerKey key, IReadOnlyList<string>? args, CancellationToken ct) => Refused<RunRecord>();

    public IAsyncEnumerable<string> LogsAsync(RunRecord run, bool follow, CancellationToken ct) => AsyncEnumerable.Empty<string>();

    private static Task<StageResult<T>> Refused<T>() => Task.FromResult<StageResult<T>>(new StageResult<T>.Rejected(
        [new Finding { File = "trigger.yaml", Message = "it belongs to somebody else", Fix = "Give it another name." }]));
}
