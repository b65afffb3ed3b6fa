using System.Runtime.CompilerServices;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Logs;
using GitOps.Triggers.Rendering;
using GitOps.Triggers.Storage;
using k8s.Models;

namespace GitOps.Triggers.Deployment;

/// <summary>This machine as a place to run: the store is its API server, <c>LocalClock</c> its CronJob controller, <c>LocalRuns</c> its Job controller and kubelet.</summary>
internal sealed class LocalTarget(LocalCronJobStore cronJobs, RunStore runs, EventHub events, TimeProvider time, EngineConfiguration configuration) : ITarget
{
    public async Task<StageResult<ApplyResult>> ApplyAsync(TriggerKey key, V1CronJob cronJob, CancellationToken ct)
    {
        var name = cronJob.Metadata.Name;
        var spec = CronJobJson.Write(cronJob);
        var standing = await cronJobs.FindAsync(name, ct);
        if (standing is null)
        {
            await cronJobs.AddAsync(New(name, key, spec), ct);
            return new StageResult<ApplyResult>.Done(ApplyResult.Created);
        }
        if (standing.Key != key)
            return TargetFindings.At(cronJob, new StageResult<ApplyResult>.Rejected([TargetFindings.Foreign(key, $"the CronJob {name}", standing.Key.ToString())]));
        if (CronJobJson.Same(standing.Spec, spec))
            return new StageResult<ApplyResult>.Done(ApplyResult.Unchanged);
        await ChangeAsync(standing, cronJob, ct);
        return new StageResult<ApplyResult>.Done(ApplyResult.Changed);
    }

    public async Task<StageResult<bool>> SuspendAsync(TriggerKey key, string reason, CancellationToken ct) => await cronJobs.FindAsync(key, ct) is { } standing
        ? (await ApplyAsync(key, Suspension.Of(CronJobJson.ReadCronJob(standing.Spec), reason), ct)).Select(applied => applied is not ApplyResult.Unchanged)
        : new StageResult<bool>.Done(false);

    public async Task<StageResult<bool>> PruneAsync(TriggerKey key, CancellationToken ct) => new StageResult<bool>.Done(await cronJobs.DeleteAsync(key, ct));

    public async Task<StageResult<RunRecord>> RunNowAsync(TriggerKey key, IReadOnlyList<string>? args, CancellationToken ct)
    {
        if (await cronJobs.FindAsync(key, ct) is not { } cronJob)
            return new StageResult<RunRecord>.Rejected([TargetFindings.NotDeployed(key)]);
        var spec = CronJobJson.ReadCronJob(cronJob.Spec);
        var rules = CronJobRules.Read(spec);
        var run = new RunRecord
        {
            Id = RunNames.OnDemand(cronJob.Name),
            Key = key,
            Origin = RunOrigin.OnDemand,
            ScheduledFor = time.GetUtcNow(),
            State = RunState.Pending,
            Commit = rules.Commit,
            Image = rules.Image,
            Args = args,
        };
        await runs.AskAsync(run, new LocalJob { Id = run.Id, CronJob = cronJob.Name, Spec = CronJobJson.Write(spec.Spec.JobTemplate.Spec) }, ct);
        events.Publish(new EngineEvent.RunChanged(run));
        return new StageResult<RunRecord>.Done(run);
    }

    public async IAsyncEnumerable<string> LogsAsync(RunRecord run, bool follow, [EnumeratorCancellation] CancellationToken ct)
    {
        var newest = run;
        for (var attempt = 1; attempt <= newest.Attempt || (follow && !newest.IsFinished); attempt++)
        {
            var path = RunLogs.PathOf(configuration.DataFolder, run.Id, attempt);
            var lines = follow ? LogFollower.FollowAsync(path, token => HasEndedAsync(run.Id, attempt, token), time, ct) : LogFollower.ReadAsync(path, ct);
            await foreach (var line in lines)
                yield return line;
            newest = await runs.FindAsync(run.Id, ct) ?? newest with { State = RunState.Failed };
        }
    }

    private async Task ChangeAsync(LocalCronJob standing, V1CronJob changed, CancellationToken ct)
    {
        var before = CronJobJson.ReadCronJob(standing.Spec).Spec;
        var sameSchedule = before.Schedule == changed.Spec.Schedule && before.TimeZone == changed.Spec.TimeZone;
        await cronJobs.ChangeSpecAsync(standing.Name, CronJobJson.Write(changed), sameSchedule ? standing.ScheduleSince : time.GetUtcNow(), ct);
    }

    private async ValueTask<bool> HasEndedAsync(RunId id, int attempt, CancellationToken ct) =>
        await runs.FindAsync(id, ct) is not { } run || run.IsFinished || run.Attempt > attempt;

    private LocalCronJob New(string name, TriggerKey key, string spec)
    {
        var now = time.GetUtcNow();
        return new() { Name = name, Key = key, Spec = spec, Generation = 1, ScheduleSince = now, RecordedUntil = now };
    }
}
