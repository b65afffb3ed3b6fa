using GitOps.Triggers.Deployment;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Storage;

namespace GitOps.Triggers.Runs;

/// <summary>Decides for several CronJobs at once, stores all decisions in one transaction, and only then has runs started and stopped.</summary>
internal sealed class CronJobSync(LocalCronJobStore store, RunStore records, LocalRuns runs, RunEvents events, TimeProvider time)
{
    public async Task<IReadOnlyList<CronJobLook>> RunAsync(IReadOnlyList<ScheduledCronJob> due, CancellationToken ct)
    {
        var active = (await records.UnfinishedAsync(ct)).Where(pair => pair.Run.Origin == RunOrigin.Schedule).ToLookup(pair => pair.CronJob, pair => pair.Run, StringComparer.Ordinal);
        var now = time.GetUtcNow();
        var decisions = due.Select(cronJob => (CronJob: cronJob, Decision: CronJobController.Decide(cronJob.State([.. active[cronJob.Row.Name]]), now))).ToList();
        var templates = await TemplatesAsync(decisions.Where(pair => pair.Decision.Start is not null).Select(pair => pair.CronJob), ct);
        var steps = decisions
            .Where(pair => !pair.Decision.IsNothing && (pair.Decision.Start is null || templates.ContainsKey(pair.CronJob.Row.Name)))
            .Select(pair => SchedulingSteps.Of(pair.CronJob, pair.Decision, templates.GetValueOrDefault(pair.CronJob.Row.Name), now))
            .ToList();
        var stored = steps.Count == 0 ? [] : (await store.CommitAsync(steps, ct)).ToDictionary(step => step.Decided.Name, StringComparer.Ordinal);
        foreach (var step in stored.Values)
            Act(step);
        await events.StoredAsync(stored.Values, ct);
        return [.. decisions.Select(pair => Look(pair.CronJob, pair.Decision, stored.GetValueOrDefault(pair.CronJob.Row.Name)))];
    }

    /// <summary>The template of each, if the CronJob is still the one that was decided upon.</summary>
    private async Task<Dictionary<string, string>> TemplatesAsync(IEnumerable<ScheduledCronJob> starting, CancellationToken ct)
    {
        var generations = starting.ToDictionary(cronJob => cronJob.Row.Name, cronJob => cronJob.Row.Generation, StringComparer.Ordinal);
        return generations.Count == 0 ? [] : (await store.FindAsync(generations.Keys, ct))
            .Where(row => row.Generation == generations[row.Name])
            .ToDictionary(row => row.Name, row => CronJobJson.Write(CronJobJson.ReadCronJob(row.Spec).Spec.JobTemplate.Spec), StringComparer.Ordinal);
    }

    private void Act(SchedulingStep step)
    {
        if (step.Start is { } start)
            runs.Take(start.Id, step.Decided.Name, [.. step.Cancelled.Select(run => run.Id)]);
    }

    private static CronJobLook Look(ScheduledCronJob cronJob, CronJobDecision decision, SchedulingStep? stored)
    {
        if (decision.IsNothing)
            return new(cronJob, decision.Wake, IsStale: false);
        if (stored is null)
            return new(cronJob, null, IsStale: true);
        var row = cronJob.Row with { RecordedUntil = stored.RecordedUntil, LastScheduledFor = decision.Start ?? cronJob.Row.LastScheduledFor };
        return new(cronJob with { Row = row }, decision.Wake, IsStale: false);
    }
}
