using GitOps.Triggers.Deployment;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Intake;
using GitOps.Triggers.Storage;

namespace GitOps.Triggers.Pipeline;

/// <summary>
/// The pass of a key that is no longer served: what runs for it would go on unseen, so it is suspended, or taken down when that was asked for.
/// The history stays, and when the key is served again its ordinary pass deploys what git says.
/// </summary>
internal sealed class Retirement(ServedKeys served, RepositoryStore repositories, Targets targets, FormerPlaces formerPlaces, DeploymentStore deployments, PlaceStore places, Conclusion conclusion)
{
    /// <returns>None when the key is served.</returns>
    public async Task<WorkResult?> ExecuteAsync(WorkKey key, CancellationToken ct)
    {
        if (served.WhyNot(key) is not { } reason)
            return null;
        var takeDown = repositories.Retired.Any(repository => repository.Id == key.Repository && repository.TakeDown);
        var done = takeDown ? "taken down" : "suspended";
        var (reached, left, later) = (0, new List<TriggerStatus>(), (WorkResult.RetryAfter?)null);
        foreach (var (trigger, deployed) in await DeployedAsync(key, ct))
        {
            switch (await LeaveAsync(new TriggerKey(key.Repository, key.Environment, trigger), deployed, reason, takeDown, ct))
            {
                case StageResult<IReadOnlyList<Finding>>.Done([]):
                    reached++;
                    if (deployed is not null && !takeDown)
                        left.Add(Status(deployed, TriggerState.Suspended, $"{reason}; {done}"));
                    break;
                case StageResult<IReadOnlyList<Finding>>.Done(var behind):
                    if (deployed is not null)
                        left.Add(Status(deployed, TriggerState.Rejected, $"{reason}, and it cannot be {done}: {InWords(behind)}"));
                    break;
                case var not:
                    // What a target refuses still runs there, so it is neither told of as still nor forgotten. It keeps no other from being looked at.
                    later ??= new WorkResult.RetryAfter((not as StageResult<IReadOnlyList<Finding>>.Retry)?.After, not.WhyNot()!);
                    if (deployed is not null)
                        left.Add(Status(deployed, TriggerState.Retrying, $"{reason}, and not {done} yet: {not.WhyNot()}"));
                    break;
            }
        }
        return await conclusion.RetireAsync(key, repositories.NameOf(key.Repository), InWords(reason, done, reached, left), left, later, ct);
    }

    /// <summary>What is released there, and what was put there by an engine that was killed before it could record that.</summary>
    private async Task<IReadOnlyDictionary<TriggerName, DeploymentRecord?>> DeployedAsync(WorkKey key, CancellationToken ct)
    {
        var all = (await places.StandingAsync(key, ct)).ToDictionary(trigger => trigger, _ => (DeploymentRecord?)null);
        foreach (var current in (await deployments.HistoryAsync(key, ct)).DistinctBy(row => row.Trigger).Where(row => !row.Pruned))
            all[current.Trigger] = current;
        return all;
    }

    private Task<StageResult<IReadOnlyList<Finding>>> LeaveAsync(TriggerKey key, DeploymentRecord? deployed, string reason, bool takeDown, CancellationToken ct)
    {
        if (deployed is null)
            return formerPlaces.LeaveAsync(key, null, null, ct);
        return takeDown ? TakeDownAsync(deployed, ct) : SuspendAsync(deployed, reason, ct);
    }

    private async Task<StageResult<IReadOnlyList<Finding>>> TakeDownAsync(DeploymentRecord deployed, CancellationToken ct)
    {
        var left = await formerPlaces.LeaveAsync(deployed.Key, null, deployed.Place, ct);
        if (left is StageResult<IReadOnlyList<Finding>>.Done([]))
            await deployments.PruneAsync(deployed, ct);
        return left;
    }

    /// <summary>Where it stands; at any other place it may stand, it is taken down.</summary>
    private async Task<StageResult<IReadOnlyList<Finding>>> SuspendAsync(DeploymentRecord deployed, string reason, CancellationToken ct)
    {
        var target = targets.Of(deployed);
        if (target is StageResult<ITarget>.Rejected(var findings))
            return new StageResult<IReadOnlyList<Finding>>.Done(findings);
        var suspended = await target.Then(standing => standing.SuspendAsync(deployed.Key, reason, ct));
        if (suspended is not StageResult<bool>.Done)
            return suspended.Select<bool, IReadOnlyList<Finding>>(_ => []);
        await deployments.StandStillAsync(deployed, reason, ct);
        return await formerPlaces.LeaveAsync(deployed.Key, deployed.Place, deployed.Place, ct);
    }

    private static string InWords(IEnumerable<Finding> behind) => string.Join(' ', behind.Select(one => $"{one.Message} {one.Fix}"));

    private static string InWords(string reason, string done, int reached, IReadOnlyList<TriggerStatus> left) => string.Join(
        "; ",
        [reason, .. reached > 0 ? [done] : Array.Empty<string>(), .. left.Where(status => status.State is TriggerState.Rejected or TriggerState.Retrying).Select(status => status.Message)]);

    private static TriggerStatus Status(DeploymentRecord deployed, TriggerState state, string message) =>
        new() { Key = deployed.Key, Commit = deployed.Commit, State = state, Message = message, At = default };
}
