using GitOps.Triggers.Domain;
using GitOps.Triggers.Intake;
using GitOps.Triggers.Storage;

namespace GitOps.Triggers.Web;

/// <summary>An operator's pause: stored first, then laid over what is applied, so that it holds at once and through every deployment after.</summary>
internal static class PausesApi
{
    public static void MapPauses(this IEndpointRouteBuilder api)
    {
        api.MapPost("pauses", PauseAsync);
        api.MapDelete("pauses", ResumeAsync);
    }

    private static async Task<TriggerView> PauseAsync(PauseRequest request, ServedTriggers triggers, TriggerFinder finder, PauseStore pauses, WorkQueue queue, TimeProvider time, CancellationToken ct)
    {
        var row = await triggers.OneAsync(request.Repository, request.Environment, request.Trigger, ct);
        var reason = request.Reason is null ? null : Shown.Text(request.Reason, 400);
        await pauses.PauseAsync(new PauseRecord { Key = row.Key, Since = time.GetUtcNow(), Reason = reason }, ct);
        // A pass under way may have looked for a pause just before this one was stored; another one lays it over what that applied. It is marked
        // also when whoever asked has gone away meanwhile.
        await queue.MarkAsync([row.Key.Work], $"{row.Key.Trigger} paused", CancellationToken.None);
        if (row.Deployment is not null && (await (await triggers.TargetOfAsync(row.Key, ct)).SuspendAsync(row.Key, PauseRecord.InWords, ct)).WhyNot() is { } why)
            throw ProblemException.Unavailable($"{row.Key.Trigger} is marked as paused, but may still start runs: {why}", "It is tried again until it holds; see 'gitops-triggers status'.");
        return await ViewAsync(row, finder, time, ct);
    }

    private static async Task<TriggerView> ResumeAsync(string? repository, string? environment, string trigger, ServedTriggers triggers, TriggerFinder finder, PauseStore pauses, WorkQueue queue, TimeProvider time, CancellationToken ct)
    {
        var row = await triggers.OneAsync(repository, environment, trigger, ct);
        if (!await pauses.ResumeAsync(row.Key, ct))
            throw ProblemException.Conflict($"{row.Key.Trigger} is not paused in {row.Key.Environment}.", row.Deployment is { Suspended: true } ? "Its manifest says suspend: true; change that in git." : "Nothing is to be done.");
        // A pass lays bare what was applied underneath: the manifest may say suspend itself.
        await queue.MarkAsync([row.Key.Work], $"{row.Key.Trigger} resumed", CancellationToken.None);
        return await ViewAsync(row, finder, time, ct);
    }

    private static async Task<TriggerView> ViewAsync(FleetRow row, TriggerFinder finder, TimeProvider time, CancellationToken ct) =>
        Views.Of(await finder.OneAsync(row.RepositoryName, row.Key.Environment.Value, row.Key.Trigger.Value, ct), time.GetUtcNow());
}
