using GitOps.Triggers.Deployment;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Intake;
using GitOps.Triggers.Storage;

namespace GitOps.Triggers.Pipeline;

/// <summary>
/// The pass of a key that is no longer served: what runs for it would go on unseen, so it is suspended, or taken down when that was asked for.
/// The history stays, and when the key is served again its ordinary pass deploys what git says.
/// </summary>
internal sealed class Retirement(ServedKeys served, RepositoryStore repositories, Targets targets, DeploymentStore deployments, Conclusion conclusion)
{
    /// <returns>None when the key is served.</returns>
    public async Task<WorkResult?> ExecuteAsync(WorkKey key, CancellationToken ct)
    {
        if (served.WhyNot(key) is not { } reason)
            return null;
        var takeDown = repositories.Retired.Any(repository => repository.Id == key.Repository && repository.TakeDown);
        var done = takeDown ? "taken down" : "suspended";
        var (reached, left) = (0, new List<TriggerStatus>());
        foreach (var deployed in (await deployments.HistoryAsync(key, ct)).DistinctBy(row => row.Trigger).Where(row => !row.Pruned))
        {
            switch (targets.Of(deployed))
            {
                case StageResult<ITarget>.Done(var target):
                    var result = await (takeDown ? target.PruneAsync(deployed.Key, ct) : target.SuspendAsync(deployed.Key, reason, ct));
                    // What a target refuses still runs there, so it is neither told of as still nor forgotten.
                    if (result.WhyNot() is { } why)
                        return new WorkResult.RetryAfter((result as StageResult<bool>.Retry)?.After, why);
                    reached++;
                    await deployments.StandStillAsync(deployed, reason, ct);
                    if (takeDown)
                        await deployments.PruneAsync(deployed, ct);
                    else
                        left.Add(Status(deployed, TriggerState.Suspended, $"{reason}; {done}"));
                    break;
                case StageResult<ITarget>.Rejected(var findings):
                    left.Add(Status(deployed, TriggerState.Rejected, $"{reason}, and it cannot be {done}: {findings[0].Message}") with { Findings = findings });
                    break;
                case var unknown:
                    throw new InvalidOperationException($"A target is found or refused, never {unknown.GetType().Name}.");
            }
        }
        await conclusion.RetireAsync(key, repositories.NameOf(key.Repository), InWords(reason, done, reached, left), left, ct);
        return new WorkResult.Completed();
    }

    private static string InWords(string reason, string done, int reached, IReadOnlyList<TriggerStatus> left) => string.Join(
        "; ",
        [reason, .. reached > 0 ? [done] : Array.Empty<string>(), .. left.Where(status => status.State == TriggerState.Rejected).Select(status => status.Findings[0].Message)]);

    private static TriggerStatus Status(DeploymentRecord deployed, TriggerState state, string message) =>
        new() { Key = deployed.Key, Commit = deployed.Commit, State = state, Message = message, At = default };
}
