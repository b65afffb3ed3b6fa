using GitOps.Triggers.Deployment;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Storage;

namespace GitOps.Triggers.Pipeline;

/// <summary>
/// Takes a trigger down wherever it may stand and should not: where it stood before the operator gave its environment another place, or where an engine
/// that was killed had put it. Before it is put anywhere else, since two CronJobs of one trigger would start each run twice.
/// </summary>
internal sealed class FormerPlaces(Targets targets, PlaceStore places, RunStore runs, EventHub events, TimeProvider time)
{
    /// <param name="key">Whose.</param>
    /// <param name="stays">Where it is to stand; none: nowhere.</param>
    /// <param name="watched">Where its runs are seen to their end; none: nowhere.</param>
    /// <param name="ct">Ends it.</param>
    /// <returns>
    /// Done with what had to be left behind since no way leads there any more, one finding for each place; else why it must not be put elsewhere yet.
    /// </returns>
    public async Task<StageResult<IReadOnlyList<Finding>>> LeaveAsync(TriggerKey key, Place? stays, Place? watched, CancellationToken ct)
    {
        var behind = new List<Finding>();
        foreach (var place in await places.OfAsync(key, ct))
        {
            if (stays is not null && place.IsSameAs(stays))
                continue;
            var target = targets.Of(key, place);
            if (target is StageResult<ITarget>.Rejected(var findings))
            {
                behind.AddRange(findings);
                continue;
            }
            if (await target.Then(former => former.PruneAsync(key, ct)) is var left and not StageResult<bool>.Done)
                return left.Select<bool, IReadOnlyList<Finding>>(_ => []);
            await places.ForgetAsync(key, place, ct);
            if (place.Cluster is not null && (watched is null || !place.IsSameAs(watched)))
                await LoseSightAsync(key, place, ct);
        }
        return new StageResult<IReadOnlyList<Finding>>.Done(behind);
    }

    /// <summary>The runs that go on there end by themselves, and nobody sees how.</summary>
    private async Task LoseSightAsync(TriggerKey key, Place place, CancellationToken ct)
    {
        foreach (var run in await runs.LoseSightAsync(key, $"It went on in {place} when its trigger left there. It ends by itself; how is not known.", time.GetUtcNow(), ct))
            events.Publish(new EngineEvent.RunChanged(run));
    }
}
