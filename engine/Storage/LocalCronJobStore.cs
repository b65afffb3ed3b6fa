using GitOps.Triggers.Domain;
using Microsoft.EntityFrameworkCore;

namespace GitOps.Triggers.Storage;

/// <summary>The CronJobs of this machine, and what is decided for them.</summary>
internal sealed class LocalCronJobStore(IDbContextFactory<EngineDbContext> contexts)
{

    /// <summary>After a CronJob was applied, changed or taken down, with its name: what a watch on an API server would tell.</summary>
    public event Action<string>? Changed;

    public async Task<IReadOnlyList<LocalCronJob>> AllAsync(CancellationToken ct)
    {
        await using var context = await contexts.CreateDbContextAsync(ct);
        return await context.LocalCronJobs.ToListAsync(ct);
    }

    public async Task<IReadOnlyList<LocalCronJob>> FindAsync(IReadOnlyCollection<string> names, CancellationToken ct)
    {
        await using var context = await contexts.CreateDbContextAsync(ct);
        return await context.LocalCronJobs.Where(row => names.Contains(row.Name)).ToListAsync(ct);
    }

    public async Task<LocalCronJob?> FindAsync(string name, CancellationToken ct)
    {
        await using var context = await contexts.CreateDbContextAsync(ct);
        return await context.LocalCronJobs.SingleOrDefaultAsync(row => row.Name == name, ct);
    }

    public async Task<LocalCronJob?> FindAsync(TriggerKey key, CancellationToken ct)
    {
        await using var context = await contexts.CreateDbContextAsync(ct);
        return await Of(context, key).FirstOrDefaultAsync(ct);
    }

    public async Task AddAsync(LocalCronJob cronJob, CancellationToken ct)
    {
        await using (var context = await contexts.CreateDbContextAsync(ct))
        {
            context.LocalCronJobs.Add(cronJob);
            await context.SaveChangesAsync(ct);
        }
        Changed?.Invoke(cronJob.Name);
    }

    /// <summary>Replaces the spec. What the clock keeps of it is left alone, since it may be deciding at this very moment.</summary>
    public async Task ChangeSpecAsync(string name, string spec, DateTimeOffset scheduleSince, CancellationToken ct)
    {
        await using (var context = await contexts.CreateDbContextAsync(ct))
        {
            await context.LocalCronJobs.Where(row => row.Name == name).ExecuteUpdateAsync(
                set => set.SetProperty(row => row.Spec, spec)
                    .SetProperty(row => row.ScheduleSince, scheduleSince)
                    .SetProperty(row => row.Generation, row => row.Generation + 1),
                ct);
        }
        Changed?.Invoke(name);
    }

    /// <returns>Whether there was one.</returns>
    public async Task<bool> DeleteAsync(TriggerKey key, CancellationToken ct)
    {
        List<string> names;
        await using (var context = await contexts.CreateDbContextAsync(ct))
        {
            names = await Of(context, key).Select(row => row.Name).ToListAsync(ct);
            await Of(context, key).ExecuteDeleteAsync(ct);
        }
        foreach (var name in names)
            Changed?.Invoke(name);
        return names.Count > 0;
    }

    /// <summary>
    /// Stores what was decided, all of it in one transaction, before anything is done about it.
    /// Left out are steps for CronJobs that have changed meanwhile, and starts of due times that have been started already: a due time is started once.
    /// </summary>
    /// <returns>The steps as they were stored.</returns>
    public async Task<IReadOnlyList<SchedulingStep>> CommitAsync(IReadOnlyList<SchedulingStep> steps, CancellationToken ct)
    {
        await using var context = await contexts.CreateDbContextAsync(ct);
        await using var transaction = await context.Database.BeginTransactionAsync(ct);
        var known = await KnownAsync(context, steps, ct);
        var stored = new List<SchedulingStep>(steps.Count);
        foreach (var step in steps)
        {
            if (await AdvanceAsync(context, step, ct))
                stored.Add(Fresh(step, known));
        }
        var replaced = stored.Select(step => step.Start?.Id).Where(id => id is not null && known.ContainsKey(id)).ToList();
        await context.Runs.Where(run => replaced.Contains(run.Id)).ExecuteDeleteAsync(ct);
        foreach (var step in stored)
        {
            context.Runs.AddRange(step.PassedOver);
            if (step.Start is not null)
            {
                context.Runs.Add(step.Start);
                context.LocalJobs.Add(step.Job!);
            }
        }
        for (var number = 0; number < stored.Count; number++)
            stored[number] = stored[number] with { Cancelled = await CancelAsync(context, stored[number].Cancelled, ct) };
        await context.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return stored;
    }

    private static async Task<Dictionary<RunId, RunState>> KnownAsync(EngineDbContext context, IReadOnlyList<SchedulingStep> steps, CancellationToken ct)
    {
        var ids = steps.SelectMany(step => step.PassedOver.Append(step.Start)).OfType<RunRecord>().Select(run => run.Id).ToList();
        var known = new Dictionary<RunId, RunState>();
        foreach (var some in ids.Chunk(Database.IdsAtOnce))
        {
            foreach (var run in await context.Runs.Where(run => some.Contains(run.Id)).Select(run => new { run.Id, run.State }).ToListAsync(ct))
                known[run.Id] = run.State;
        }
        return known;
    }

    private static async Task<bool> AdvanceAsync(EngineDbContext context, SchedulingStep step, CancellationToken ct)
    {
        var row = step.Decided;
        var last = step.Start?.ScheduledFor ?? row.LastScheduledFor;
        return await context.LocalCronJobs.Where(job => job.Name == row.Name && job.Generation == row.Generation).ExecuteUpdateAsync(
            set => set.SetProperty(job => job.LastScheduledFor, last).SetProperty(job => job.RecordedUntil, step.RecordedUntil),
            ct) > 0;
    }

    private static SchedulingStep Fresh(SchedulingStep step, Dictionary<RunId, RunState> known)
    {
        var passedOver = step.PassedOver.Where(run => !known.ContainsKey(run.Id)).ToList();
        var started = step.Start is { } start && known.TryGetValue(start.Id, out var state) && !RunStates.PassedOver.Contains(state);
        return started
            ? step with { PassedOver = passedOver, Start = null, Job = null, Cancelled = [] }
            : step with { PassedOver = passedOver };
    }

    /// <returns>Those that had not ended by themselves.</returns>
    private static async Task<IReadOnlyList<RunRecord>> CancelAsync(EngineDbContext context, IReadOnlyList<RunRecord> runs, CancellationToken ct)
    {
        var cancelled = new List<RunRecord>();
        foreach (var run in runs)
        {
            if (await CancelAsync(context, run, ct))
                cancelled.Add(run);
        }
        return cancelled;
    }

    private static async Task<bool> CancelAsync(EngineDbContext context, RunRecord run, CancellationToken ct) => await context.Runs
        .Where(row => row.Id == run.Id && RunStates.Unfinished.Contains(row.State))
        .ExecuteUpdateAsync(
            set => set.SetProperty(row => row.State, run.State)
                .SetProperty(row => row.FinishedAt, run.FinishedAt)
                .SetProperty(row => row.Reason, run.Reason)
                .SetProperty(row => row.Message, run.Message),
            ct) > 0;

    private static IQueryable<LocalCronJob> Of(EngineDbContext context, TriggerKey key) => context.LocalCronJobs
        .Where(row => row.Repository == key.Repository && row.Environment == key.Environment && row.Trigger == key.Trigger);
}
