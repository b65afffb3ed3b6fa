using GitOps.Triggers.Domain;
using Microsoft.EntityFrameworkCore;

namespace GitOps.Triggers.Storage;

/// <summary>Runs, and the Jobs of this machine behind them.</summary>
internal sealed class RunStore(IDbContextFactory<EngineDbContext> contexts)
{
    /// <summary>Run records kept per trigger and environment.</summary>
    public const int Kept = 1_000;

    /// <summary>Successes kept per image besides, however old: they open promotion gates, none asks for more of them, and forgetting one must not close a gate again.</summary>
    public const int SuccessesKept = 1_000;


    /// <summary>After a run was asked for, with its id and its CronJob's name. Were it lost, the clock's next look would find the run.</summary>
    public event Action<RunId, string>? Asked;

    public async Task<RunRecord?> FindAsync(RunId id, CancellationToken ct)
    {
        await using var context = await contexts.CreateDbContextAsync(ct);
        return await context.Runs.SingleOrDefaultAsync(run => run.Id == id, ct);
    }

    public async Task<(RunRecord Run, LocalJob Job)?> FindJobAsync(RunId id, CancellationToken ct)
    {
        await using var context = await contexts.CreateDbContextAsync(ct);
        var found = await Jobs(context).Where(pair => pair.Run.Id == id).SingleOrDefaultAsync(ct);
        return found is null ? null : (found.Run, found.Job);
    }

    /// <summary>Newest first; every filter may be left out.</summary>
    public async Task<IReadOnlyList<RunRecord>> ListAsync(RepositoryId? repository, EnvironmentName? environment, TriggerName? trigger, RunState? state, int count, CancellationToken ct)
    {
        await using var context = await contexts.CreateDbContextAsync(ct);
        return await Newest(context, repository, environment, trigger).Where(run => state == null || run.State == state).Take(count).ToListAsync(ct);
    }

    /// <summary>As above, without the due times that passed with nothing started.</summary>
    public async Task<IReadOnlyList<RunRecord>> StartedAsync(RepositoryId? repository, EnvironmentName? environment, TriggerName? trigger, int count, CancellationToken ct)
    {
        await using var context = await contexts.CreateDbContextAsync(ct);
        return await Newest(context, repository, environment, trigger).Where(run => !RunStates.PassedOver.Contains(run.State)).Take(count).ToListAsync(ct);
    }

    /// <summary>The trigger's records around a time, oldest first: at most <paramref name="each"/> before or at it, and as many after it.</summary>
    public async Task<IReadOnlyList<RunRecord>> AroundAsync(TriggerKey key, DateTimeOffset time, int each, CancellationToken ct)
    {
        await using var context = await contexts.CreateDbContextAsync(ct);
        var before = await Of(context, key).Where(run => run.ScheduledFor <= time).OrderByDescending(run => run.ScheduledFor).Take(each).ToListAsync(ct);
        var after = await Of(context, key).Where(run => run.ScheduledFor > time).OrderBy(run => run.ScheduledFor).Take(each).ToListAsync(ct);
        return [.. Enumerable.Reverse(before), .. after];
    }

    /// <summary>The runs of this machine that are to be started or go on, with the names of their CronJobs.</summary>
    public async Task<IReadOnlyList<(RunRecord Run, string CronJob)>> UnfinishedAsync(CancellationToken ct)
    {
        await using var context = await contexts.CreateDbContextAsync(ct);
        var rows = await Jobs(context).Where(pair => RunStates.Unfinished.Contains(pair.Run.State)).Select(pair => new { pair.Run, pair.Job.CronJob }).ToListAsync(ct);
        return [.. rows.Select(row => (row.Run, row.CronJob))];
    }

    /// <summary>The trigger's runs that are over though nobody saw the end of their last attempt: its container may be there still.</summary>
    public async Task<IReadOnlyList<RunRecord>> EndsUnseenAsync(TriggerKey key, CancellationToken ct)
    {
        await using var context = await contexts.CreateDbContextAsync(ct);
        return await Of(context, key).Where(run => run.Attempt > 0 && run.ExitCode == null && !RunStates.Unfinished.Contains(run.State)).ToListAsync(ct);
    }

    /// <summary>Stores a run on demand, to be started at once.</summary>
    public async Task AskAsync(RunRecord run, LocalJob job, CancellationToken ct)
    {
        await using (var context = await contexts.CreateDbContextAsync(ct))
        {
            context.Runs.Add(run);
            context.LocalJobs.Add(job);
            await context.SaveChangesAsync(ct);
        }
        Asked?.Invoke(run.Id, job.CronJob);
    }

    /// <summary>Stores a run that is carried out elsewhere, as it is known now: see <see cref="RunProgress"/>.</summary>
    /// <returns>Whether that changed anything.</returns>
    public async Task<bool> RecordAsync(RunRecord run, CancellationToken ct) => (await RecordAsync([run], ct)).Count > 0;

    /// <summary>As above, many in one transaction. Of one run that is told several times the last word counts.</summary>
    /// <returns>The changed records as they are stored now.</returns>
    public async Task<IReadOnlyList<RunRecord>> RecordAsync(IReadOnlyList<RunRecord> seen, CancellationToken ct)
    {
        await using var context = await contexts.CreateDbContextAsync(ct);
        await using var transaction = await context.Database.BeginTransactionAsync(ct);
        var known = new Dictionary<RunId, RunRecord>();
        foreach (var ids in seen.Select(run => run.Id).Distinct().Chunk(Database.IdsAtOnce))
        {
            foreach (var run in await context.Runs.Where(run => ids.Contains(run.Id)).ToListAsync(ct))
                known[run.Id] = run;
        }
        var changed = new Dictionary<RunId, RunRecord>();
        foreach (var run in seen)
        {
            if (RunProgress.Of(changed.GetValueOrDefault(run.Id) ?? known.GetValueOrDefault(run.Id), run) is { } next)
                changed[run.Id] = next;
        }
        context.Runs.AddRange(changed.Values.Where(run => !known.ContainsKey(run.Id)));
        context.Runs.UpdateRange(changed.Values.Where(run => known.ContainsKey(run.Id)));
        await context.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return [.. changed.Values];
    }

    /// <summary>A trigger's runs that were started and are over, the newest of them.</summary>
    public async Task<IReadOnlyList<RunRecord>> EndedAsync(TriggerKey key, int count, CancellationToken ct)
    {
        await using var context = await contexts.CreateDbContextAsync(ct);
        return await Of(context, key).Where(run => run.Attempt > 0 && run.FinishedAt != null).OrderByDescending(run => run.ScheduledFor).Take(count).ToListAsync(ct);
    }

    /// <summary>An environment's runs that are not over, of Jobs on a cluster.</summary>
    public async Task<IReadOnlyList<RunRecord>> UnfinishedOnClustersAsync(EnvironmentName environment, CancellationToken ct)
    {
        await using var context = await contexts.CreateDbContextAsync(ct);
        return await OnClusters(context).Where(run => run.Environment == environment && RunStates.Unfinished.Contains(run.State)).ToListAsync(ct);
    }

    /// <summary>Ends the records of a trigger's runs that go on on a cluster where nobody looks any more.</summary>
    /// <returns>Those records.</returns>
    public async Task<IReadOnlyList<RunRecord>> LoseSightAsync(TriggerKey key, string message, DateTimeOffset now, CancellationToken ct)
    {
        await using var context = await contexts.CreateDbContextAsync(ct);
        var goOn = await OnClusters(context).Where(run => run.Repository == key.Repository && run.Environment == key.Environment && run.Trigger == key.Trigger && RunStates.Unfinished.Contains(run.State)).ToListAsync(ct);
        return await RecordAsync([.. goOn.Select(run => run with { State = RunState.Failed, FinishedAt = now, Reason = RunReasons.Lost, Message = message })], ct);
    }

    /// <summary>Stores how far a run has come.</summary>
    /// <returns>Whether it was still to go on: false when it was cancelled meanwhile, and then nothing is stored but its exit code.</returns>
    public async Task<bool> AdvanceAsync(RunRecord run, LocalJob job, CancellationToken ct)
    {
        await using var context = await contexts.CreateDbContextAsync(ct);
        await using var transaction = await context.Database.BeginTransactionAsync(ct);
        var goesOn = await context.Runs.AnyAsync(row => row.Id == run.Id && RunStates.Unfinished.Contains(row.State), ct);
        if (goesOn)
        {
            context.Runs.Update(run);
            context.LocalJobs.Update(job);
            await context.SaveChangesAsync(ct);
        }
        else
        {
            await context.Runs.Where(row => row.Id == run.Id).ExecuteUpdateAsync(set => set.SetProperty(row => row.ExitCode, run.ExitCode), ct);
        }
        await transaction.CommitAsync(ct);
        return goesOn;
    }

    /// <summary>The finished Jobs of a CronJob that still have their logs.</summary>
    public async Task<IReadOnlyList<RunRecord>> FinishedAsync(string cronJob, CancellationToken ct)
    {
        await using var context = await contexts.CreateDbContextAsync(ct);
        return await Jobs(context).Where(pair => pair.Job.CronJob == cronJob && !RunStates.Unfinished.Contains(pair.Run.State)).Select(pair => pair.Run).ToListAsync(ct);
    }

    public async Task ForgetJobsAsync(IReadOnlyCollection<RunId> ids, CancellationToken ct)
    {
        await using var context = await contexts.CreateDbContextAsync(ct);
        await context.LocalJobs.Where(job => ids.Contains(job.Id)).ExecuteDeleteAsync(ct);
    }

    /// <summary>Forgets old records: all but the newest <see cref="Kept"/>, each image's newest <see cref="SuccessesKept"/> successes, and what goes on.</summary>
    public async Task TrimAsync(TriggerKey key, CancellationToken ct)
    {
        await using var context = await contexts.CreateDbContextAsync(ct);
        var oldest = await Of(context, key).OrderByDescending(run => run.ScheduledFor).Skip(Kept - 1).Select(run => (DateTimeOffset?)run.ScheduledFor).FirstOrDefaultAsync(ct);
        if (oldest is null)
            return;
        var old = Of(context, key).Where(run => run.ScheduledFor < oldest && !RunStates.Unfinished.Contains(run.State));
        await old.Where(run => run.State != RunState.Succeeded).ExecuteDeleteAsync(ct);
        await old.Where(run => context.Runs.Count(newer =>
                newer.Repository == run.Repository && newer.Environment == run.Environment && newer.Trigger == run.Trigger
                && newer.Image == run.Image && newer.State == RunState.Succeeded && newer.ScheduledFor > run.ScheduledFor) >= SuccessesKept)
            .ExecuteDeleteAsync(ct);
    }

    /// <summary>The finished runs, due before this, of triggers of which no deployment is kept any more.</summary>
    public async Task<IReadOnlyList<RunRecord>> OfGoneAsync(DateTimeOffset before, CancellationToken ct)
    {
        await using var context = await contexts.CreateDbContextAsync(ct);
        return await context.Runs
            .Where(run => run.ScheduledFor < before && !RunStates.Unfinished.Contains(run.State))
            .Where(run => !context.Deployments.Any(row => row.Repository == run.Repository && row.Environment == run.Environment && row.Trigger == run.Trigger))
            .ToListAsync(ct);
    }

    public async Task RemoveAsync(IReadOnlyCollection<RunId> ids, CancellationToken ct)
    {
        await using var context = await contexts.CreateDbContextAsync(ct);
        await using var transaction = await context.Database.BeginTransactionAsync(ct);
        foreach (var some in ids.Chunk(Database.IdsAtOnce))
        {
            await context.LocalJobs.Where(job => some.Contains(job.Id)).ExecuteDeleteAsync(ct);
            await context.Runs.Where(run => some.Contains(run.Id)).ExecuteDeleteAsync(ct);
        }
        await transaction.CommitAsync(ct);
    }

    private static IQueryable<RunRecord> Of(EngineDbContext context, TriggerKey key) => context.Runs
        .Where(run => run.Repository == key.Repository && run.Environment == key.Environment && run.Trigger == key.Trigger);

    private static IQueryable<RunRecord> Newest(EngineDbContext context, RepositoryId? repository, EnvironmentName? environment, TriggerName? trigger) => context.Runs
        .Where(run => repository == null || run.Repository == repository)
        .Where(run => environment == null || run.Environment == environment)
        .Where(run => trigger == null || run.Trigger == trigger)
        .OrderByDescending(run => run.ScheduledFor).ThenByDescending(run => run.Id);

    private static IQueryable<RunAndJob> Jobs(EngineDbContext context) =>
        context.Runs.Join(context.LocalJobs, run => run.Id, job => job.Id, (run, job) => new RunAndJob { Run = run, Job = job });

    private sealed class RunAndJob
    {
        public required RunRecord Run { get; init; }

        public required LocalJob Job { get; init; }
    }

    /// <summary>Runs whose Job is not this machine's.</summary>
    private static IQueryable<RunRecord> OnClusters(EngineDbContext context) => context.Runs.Where(run => !context.LocalJobs.Any(job => job.Id == run.Id));
}
