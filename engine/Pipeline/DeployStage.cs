using GitOps.Triggers.Deployment;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Rendering;
using GitOps.Triggers.Storage;
using k8s.Models;

namespace GitOps.Triggers.Pipeline;

/// <summary>Makes the target hold what the plan says of one trigger, and records each release.</summary>
internal sealed class DeployStage(Targets targets, FormerPlaces formerPlaces, PlaceStore places, DeploymentStore deployments, PauseStore pauses, EventHub events, TimeProvider time)
{
    private const string Drifted = "somebody changed its CronJob by hand, which stays until the next release (drift: detect)";

    public async Task<DeployOutcome> ExecuteAsync(Pass pass, BranchReading reading, PlanItem item, CancellationToken ct)
    {
        switch (item)
        {
            case PlanItem.Deploy deploy:
                return await ReleaseAsync(pass, reading, deploy, ct);
            case PlanItem.Keep keep:
                return await KeepAsync(pass, reading, keep, ct);
            case PlanItem.Hold hold:
                return await CorrectAsync(pass, hold, Status(pass, reading, hold, TriggerState.Held, hold.Reason) with { Until = hold.Until }, ct);
            case PlanItem.Reject reject:
                return await CorrectAsync(pass, reject, Status(pass, reading, reject, TriggerState.Rejected, reject.Finding.Message) with { Findings = [reject.Finding] }, ct);
            case PlanItem.Suspend suspend:
                return await SuspendAsync(pass, reading, suspend, ct);
            case PlanItem.Prune prune:
                return await PruneAsync(pass, reading, prune, ct);
            case PlanItem.Clear clear:
                return await ClearAsync(pass, reading, clear, ct);
            default:
                throw new InvalidOperationException($"A plan item that is not carried out here: {item.GetType().Name}");
        }
    }

    private async Task<DeployOutcome> ReleaseAsync(Pass pass, BranchReading reading, PlanItem.Deploy deploy, CancellationToken ct)
    {
        var release = NewDeployment.Of(pass, deploy, time.GetUtcNow());
        var status = Status(pass, reading, deploy, TriggerState.Deployed, NewDeployment.InWords(release, pass.Environment));
        var target = targets.For(pass.Environment);
        if (await IsElsewhereAsync(release, ct) && await target.RehearseAsync(release.Key, RenderedYaml.Read(release.Rendered), ct) is var rehearsed and not StageResult<bool>.Done)
            return Told(rehearsed.Select(_ => ApplyResult.Unchanged), status);
        await places.NoteAsync(release.Key, release.Place, ct);
        var left = await formerPlaces.LeaveAsync(release.Key, release.Place, release.Place, ct);
        if (left is not StageResult<IReadOnlyList<Finding>>.Done(var behind))
            return Told(left.Select(_ => ApplyResult.Unchanged), status);
        var applied = await ApplyAsync(release.Key, target, RenderedYaml.Read(release.Rendered), ct);
        if (applied is not StageResult<ApplyResult>.Done)
            return Told(applied, status);
        FailPoint.Reach("deployment-applied");
        var recorded = await deployments.AddAsync(release, ct);
        FailPoint.Reach("deployment-recorded");
        events.Publish(new EngineEvent.Deployed(recorded));
        return new DeployOutcome(Remarked(status, behind.Select(one => $"{one.Message} {one.Fix}")), Changed: true);
    }

    /// <summary>It is taken down there before it is put anywhere else: not for a place that would not take it.</summary>
    private async Task<bool> IsElsewhereAsync(DeploymentRecord release, CancellationToken ct) =>
        (await places.OfAsync(release.Key, ct)).Any(place => !place.IsSameAs(release.Place));

    private async Task<DeployOutcome> KeepAsync(Pass pass, BranchReading reading, PlanItem.Keep keep, CancellationToken ct)
    {
        var stay = await StayAsync(keep.Current, () => ApplyAsync(keep.Current.Key, targets.For(pass.Environment), Render(pass, keep.Candidate, keep.Current), ct), ct);
        if (stay.Applied is StageResult<ApplyResult>.Done)
            await deployments.StandStillAsync(keep.Current, null, ct);
        return Told(stay, Status(pass, reading, keep, TriggerState.Deployed, "up to date"));
    }

    private async Task<DeployOutcome> SuspendAsync(Pass pass, BranchReading reading, PlanItem.Suspend suspend, CancellationToken ct)
    {
        // Said before it is done: whatever keeps this release free of drift from now on keeps it suspended too.
        await deployments.StandStillAsync(suspend.Current, suspend.Reason, ct);
        return Told(await StayAsync(suspend.Current with { StandsStill = suspend.Reason }, ct),
            Status(pass, reading, suspend, TriggerState.Suspended, suspend.Reason) with { Commit = suspend.Current.Commit });
    }

    private async Task<DeployOutcome> PruneAsync(Pass pass, BranchReading reading, PlanItem.Prune prune, CancellationToken ct)
    {
        if (TakenDown(await formerPlaces.LeaveAsync(prune.Current.Key, null, prune.Current.Place, ct)) is var pruned and not StageResult<ApplyResult>.Done)
            return Told(pruned, Status(pass, reading, prune, TriggerState.Retrying, "left the branch"));
        FailPoint.Reach("prune-applied");
        await deployments.PruneAsync(prune.Current, ct);
        return new DeployOutcome(null, Changed: true);
    }

    private async Task<DeployOutcome> ClearAsync(Pass pass, BranchReading reading, PlanItem.Clear clear, CancellationToken ct)
    {
        var cleared = await LeaveAllAsync(pass, clear.Trigger, ct);
        return cleared is StageResult<ApplyResult>.Done
            ? new DeployOutcome(null, Changed: true)
            : Told(cleared, Status(pass, reading, clear, TriggerState.Retrying, "left the branch"));
    }

    /// <summary>What runs stays, or stands still, and is kept free of drift. Where nothing was released, nothing stays: an engine may have been killed over it.</summary>
    private async Task<DeployOutcome> CorrectAsync(Pass pass, PlanItem item, TriggerStatus status, CancellationToken ct) => item.Running is { } current
        ? Told(await StayAsync(current, ct), status)
        : Told(await LeaveAllAsync(pass, item.Trigger, ct), status);

    private Task<Stay> StayAsync(DeploymentRecord current, CancellationToken ct) =>
        StayAsync(current, () => targets.Of(current).Then(async target => await ApplyAsync(current.Key, target, await AppliedAsync(current, ct), ct)), ct);

    /// <summary>
    /// Keeps a release where it was recorded, and takes it down wherever else it may stand. A move that was cut short may have taken it down here and put it there:
    /// then it comes back only when it is gone from there.
    /// </summary>
    private async Task<Stay> StayAsync(DeploymentRecord current, Func<Task<StageResult<ApplyResult>>> apply, CancellationToken ct)
    {
        var stands = (await places.OfAsync(current.Key, ct)).Any(current.Place.IsSameAs);
        var left = await formerPlaces.LeaveAsync(current.Key, current.Place, current.Place, ct);
        if (!stands && left is not StageResult<IReadOnlyList<Finding>>.Done)
            return new Stay(left.Select(_ => ApplyResult.Unchanged), left);
        await places.NoteAsync(current.Key, current.Place, ct);
        return new Stay(await apply(), left);
    }

    private async Task<StageResult<ApplyResult>> LeaveAllAsync(Pass pass, TriggerName trigger, CancellationToken ct) =>
        TakenDown(await formerPlaces.LeaveAsync(pass.For(trigger), null, TargetNamespace.PlaceOf(pass.Environment, pass.Repository.Repository), ct));

    /// <summary>What may go on where no way leads any more is not down: it is told of until that place can be looked at again.</summary>
    private static StageResult<ApplyResult> TakenDown(StageResult<IReadOnlyList<Finding>> left) => left is StageResult<IReadOnlyList<Finding>>.Done([_, ..] behind)
        ? new StageResult<ApplyResult>.Rejected(behind)
        : left.Select(_ => ApplyResult.Unchanged);

    private async Task<V1CronJob> AppliedAsync(DeploymentRecord current, CancellationToken ct)
    {
        var released = RenderedYaml.Read(await deployments.RenderedAsync(current, ct));
        return current.StandsStill is { } reason ? Suspension.Of(released, reason) : released;
    }

    private async Task<StageResult<ApplyResult>> ApplyAsync(TriggerKey key, ITarget target, V1CronJob job, CancellationToken ct)
    {
        if (await pauses.IsPausedAsync(key, ct))
            return await target.ApplyAsync(key, Suspension.Of(job, PauseRecord.InWords), ct);
        var applied = await target.ApplyAsync(key, job, ct);
        // A pause that came between the question and the answer would be undone by this very call.
        return applied is StageResult<ApplyResult>.Done(not ApplyResult.Unchanged) && await pauses.IsPausedAsync(key, ct)
            ? await target.ApplyAsync(key, Suspension.Of(job, PauseRecord.InWords), ct)
            : applied;
    }

    private static V1CronJob Render(Pass pass, TriggerCandidate candidate, DeploymentRecord current) =>
        CronJobRenderer.Render(NewDeployment.Input(pass, candidate, current.Image, current.Commit));

    private static DeployOutcome Told(Stay stay, TriggerStatus status) => stay.Left is StageResult<IReadOnlyList<Finding>>.Done(var behind)
        ? Told(stay.Applied, Remarked(status, behind.Select(one => $"{one.Message} {one.Fix}")))
        : Told(stay.Left.Select(_ => ApplyResult.Unchanged), status);

    /// <param name="applied">What the target says.</param>
    /// <param name="status">How the trigger stands when the target has done its part.</param>
    private static DeployOutcome Told(StageResult<ApplyResult> applied, TriggerStatus status) => applied switch
    {
        StageResult<ApplyResult>.Done(ApplyResult.Drifted) => new(Remarked(status, [Drifted]), Changed: false),
        StageResult<ApplyResult>.Done(var result) => new(status, result is not ApplyResult.Unchanged),
        // What it waits for is not changed by what could not be corrected meanwhile.
        StageResult<ApplyResult>.Rejected(var findings) when status.State == TriggerState.Held => new(status with { Findings = [.. status.Findings, .. findings] }, Changed: false),
        StageResult<ApplyResult>.Rejected(var findings) => new(status with { State = TriggerState.Rejected, Message = status.State == TriggerState.Rejected ? status.Message : findings[0].Message, Findings = [.. status.Findings, .. findings], Until = null }, Changed: false),
        StageResult<ApplyResult>.Held(var reason, var until) => new(status with { State = TriggerState.Held, Message = reason, Until = until }, Changed: false),
        StageResult<ApplyResult>.Retry(var after, var reason) => new(status with { State = TriggerState.Retrying, Message = reason, Until = null }, Changed: false, after),
        var unknown => throw new InvalidOperationException($"No such outcome of a target: {unknown.GetType().Name}"),
    };

    private static TriggerStatus Remarked(TriggerStatus status, IEnumerable<string> remarks) =>
        remarks.ToList() is { Count: > 0 } said ? status with { Message = $"{status.Message}; {string.Join(' ', said)}", HasRemark = true } : status;

    private TriggerStatus Status(Pass pass, BranchReading reading, PlanItem item, TriggerState state, string message) => pass.Status(reading.CommitOf(item), item.Trigger, state, message, time.GetUtcNow());

    /// <param name="Applied">What came of it where it stands.</param>
    /// <param name="Left">What came of it at the other places.</param>
    private sealed record Stay(StageResult<ApplyResult> Applied, StageResult<IReadOnlyList<Finding>> Left);
}
