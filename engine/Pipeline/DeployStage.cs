using GitOps.Triggers.Deployment;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Rendering;
using GitOps.Triggers.Storage;
using k8s.Models;

namespace GitOps.Triggers.Pipeline;

/// <summary>Makes the target hold what the plan says of one trigger, and records each release.</summary>
internal sealed class DeployStage(Targets targets, DeploymentStore deployments, PauseStore pauses, EventHub events, TimeProvider time)
{
    public async Task<DeployOutcome> ExecuteAsync(Pass pass, BranchReading reading, PlanItem item, CancellationToken ct)
    {
        switch (item)
        {
            case PlanItem.Deploy deploy:
                return await ReleaseAsync(pass, reading, deploy, ct);
            case PlanItem.Keep keep:
                var corrected = await ApplyAsync(pass, keep.Trigger, Render(pass, keep.Candidate, keep.Current), ct);
                return Told(pass, reading, keep.Trigger, TriggerState.Deployed, "up to date", corrected);
            case PlanItem.Hold hold:
                return Told(pass, reading, hold.Trigger, TriggerState.Held, hold.Reason, await CorrectAsync(pass, hold.Current, ct), until: hold.Until);
            case PlanItem.Reject reject:
                return Told(pass, reading, reject.Trigger, TriggerState.Rejected, reject.Finding.Message, await CorrectAsync(pass, reject.Current, ct), [reject.Finding]);
            case PlanItem.Suspend suspend:
                var gone = Suspension.Of(await AppliedAsync(suspend.Current, ct), suspend.Reason);
                return Told(pass, suspend.Current.Commit, suspend.Trigger, TriggerState.Suspended, suspend.Reason, await ApplyAsync(pass, suspend.Trigger, gone, ct));
            case PlanItem.Prune prune:
                await targets.For(pass.Environment).PruneAsync(prune.Current.Key, ct);
                await deployments.PruneAsync(prune.Current, ct);
                return new DeployOutcome(null, Changed: true);
            default:
                throw new InvalidOperationException($"A plan item that is not carried out here: {item.GetType().Name}");
        }
    }

    private async Task<DeployOutcome> ReleaseAsync(Pass pass, BranchReading reading, PlanItem.Deploy deploy, CancellationToken ct)
    {
        var release = Release.Of(pass, deploy, time.GetUtcNow());
        await ApplyAsync(pass, deploy.Trigger, RenderedYaml.Read(release.Rendered), ct);
        FailPoint.Reach("deployment-applied");
        var recorded = await deployments.AddAsync(release, ct);
        FailPoint.Reach("deployment-recorded");
        events.Publish(new EngineEvent.Deployed(recorded));
        return Told(pass, reading, deploy.Trigger, TriggerState.Deployed, Release.InWords(recorded, pass.Environment), changed: true);
    }

    /// <summary>What runs stays, and is kept free of drift.</summary>
    private async Task<bool> CorrectAsync(Pass pass, DeploymentRecord? current, CancellationToken ct) =>
        current is not null && await ApplyAsync(pass, current.Trigger, await AppliedAsync(current, ct), ct);

    private async Task<V1CronJob> AppliedAsync(DeploymentRecord current, CancellationToken ct) => RenderedYaml.Read(await deployments.RenderedAsync(current, ct));

    /// <returns>Whether something differed.</returns>
    private async Task<bool> ApplyAsync(Pass pass, TriggerName trigger, V1CronJob job, CancellationToken ct)
    {
        var key = pass.For(trigger);
        var paused = await pauses.IsPausedAsync(key, ct);
        return await targets.For(pass.Environment).ApplyAsync(key, paused ? Suspension.Of(job, PauseRecord.InWords) : job, ct) is not ApplyResult.Unchanged;
    }

    private static V1CronJob Render(Pass pass, TriggerCandidate candidate, DeploymentRecord current) =>
        CronJobRenderer.Render(Release.Input(pass, candidate, current.Image, current.Commit));

    private DeployOutcome Told(Pass pass, BranchReading reading, TriggerName trigger, TriggerState state, string message, bool changed, IReadOnlyList<Finding>? findings = null, DateTimeOffset? until = null) =>
        Told(pass, reading.Commit!, trigger, state, message, changed, findings, until);

    private DeployOutcome Told(Pass pass, CommitSha commit, TriggerName trigger, TriggerState state, string message, bool changed, IReadOnlyList<Finding>? findings = null, DateTimeOffset? until = null) => new(
        new TriggerStatus { Key = pass.For(trigger), Commit = commit, State = state, Message = message, Findings = findings ?? [], Until = until, At = time.GetUtcNow() },
        changed);
}
