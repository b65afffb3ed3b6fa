using GitOps.Triggers.Containers;
using GitOps.Triggers.Deployment;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Storage;

namespace GitOps.Triggers.Runs;

/// <summary>
/// One run from where it stands to its end. Each step is stored before it is done, and where it stands is read from the store, so that the same loop
/// begins a run and takes it up again.
/// </summary>
internal sealed partial class RunLoop(RunStore store, AttemptRunner attempts, EventHub events, TimeProvider time, ILogger<RunLoop> logger)
{
    private static readonly TimeSpan BetweenOutages = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    /// <param name="id">Of the run.</param>
    /// <param name="cancelled">Another run takes its place.</param>
    /// <param name="ct">The engine stops; the run is taken up again when it starts.</param>
    public async Task RunAsync(RunId id, CancellationToken cancelled, CancellationToken ct)
    {
        string? told = null;
        for (var pause = BetweenOutages; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            try
            {
                await CarryOnAsync(id, cancelled, ct);
                return;
            }
            catch (Exception e) when (!ct.IsCancellationRequested)
            {
                // The database may be what fails, so nothing can be stored of it.
                if (told != e.Message)
                    Broken(logger, e, id);
                told = e.Message;
            }
            await Waiting.UntilAsync(time.GetUtcNow() + pause, time, ct);
            ct.ThrowIfCancellationRequested();
        }
    }

    private async Task CarryOnAsync(RunId id, CancellationToken cancelled, CancellationToken ct)
    {
        if (await store.FindJobAsync(id, ct) is not { Run.IsFinished: false } standing)
            return;
        var (run, job) = standing;
        var spec = CronJobJson.ReadJob(job.Spec);
        var (limits, container) = (JobLimits.Of(spec), PodReader.Read(spec.Template.Spec));
        // Nothing of it ran while the engine was down, so that time is not held against it.
        if (run is { Attempt: 1, State: RunState.Pending } && job.RetryAt is null)
            job = job with { BegunAt = time.GetUtcNow() };
        AttemptOutcome? last = null;
        while (true)
        {
            (run, job) = await BeginAttemptAsync(run, job, limits, last, cancelled, ct);
            if (run.IsFinished || cancelled.IsCancellationRequested)
                return;
            var attempt = new Attempt { Run = run, Spec = container, Begun = run.State == RunState.Running, Deadline = job.BegunAt + limits.Deadline };
            try
            {
                // One that was replaced, or given up, during an outage must not go on beside this one.
                if (run.Origin == RunOrigin.Schedule && !attempt.Begun)
                    await attempts.StopLeftAsync(await store.EndsUnseenAsync(run.Key, ct), container.Grace, ct);
                last = await attempts.RunAsync(attempt, async why => run = await WaitsAsync(run, job, why), async at => run = await StartedAsync(run, job, at), cancelled, ct);
                (run, job) = await EndAttemptAsync(run, job, limits, last);
            }
            catch (Exception e) when (e is ContainerException or IOException or UnauthorizedAccessException)
            {
                (run, job) = await OutageAsync(run, job, attempt, e, cancelled, ct);
                if (!run.IsFinished && !cancelled.IsCancellationRequested)
                    continue;
                last = null;
            }
            await ForgetAsync(attempt, ended: last is not null, ct);
            if (run.IsFinished || cancelled.IsCancellationRequested)
                return;
        }
    }

    /// <summary>What cannot be taken away now is when the engine next starts, and what still runs before the trigger's next run.</summary>
    private async Task ForgetAsync(Attempt attempt, bool ended, CancellationToken ct)
    {
        try
        {
            await attempts.ForgetAsync(attempt, ended, ct);
        }
        catch (Exception e) when (e is ContainerException or IOException or UnauthorizedAccessException)
        {
            NotForgotten(logger, attempt.Run.Id, e.Message);
        }
    }

    /// <summary>Nothing can be said of the container, so nothing is decided; but what cannot even be started within its time has failed.</summary>
    private async Task<(RunRecord Run, LocalJob Job)> OutageAsync(RunRecord run, LocalJob job, Attempt attempt, Exception outage, CancellationToken cancelled, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        if (run.Message != outage.Message)
            Waits(logger, run.Id, outage.Message);
        if (run.State == RunState.Pending && attempt.Deadline <= now)
            return await FinishAsync(run, job, RunState.Failed, RunReasons.Create, outage.Message, now);
        var told = await StoreAsync(run with { Message = outage.Message }, job);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancelled, ct);
        await Waiting.UntilAsync(now + BetweenOutages, time, either.Token);
        ct.ThrowIfCancellationRequested();
        return told;
    }

    private async Task<(RunRecord Run, LocalJob Job)> BeginAttemptAsync(RunRecord run, LocalJob job, JobLimits limits, AttemptOutcome? last, CancellationToken cancelled, CancellationToken ct)
    {
        if (run.Attempt > 0 && job.RetryAt is null)
            return (run, job);
        var deadline = job.BegunAt + limits.Deadline;
        if (job.RetryAt is { } at)
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancelled, ct);
            await Waiting.UntilAsync(deadline < at ? deadline : at, time, either.Token);
            ct.ThrowIfCancellationRequested();
            if (cancelled.IsCancellationRequested)
                return (run, job);
            if (deadline <= time.GetUtcNow())
                return await FinishAsync(run, job, RunState.Failed, RunReasons.DeadlineExceeded, JobRules.DeadlineExceeded(limits, last), deadline.Value);
        }
        job = job with { BegunAt = job.BegunAt ?? time.GetUtcNow(), RetryAt = null };
        return await StoreAsync(run with { State = RunState.Pending, Attempt = run.Attempt + 1, ExitCode = null, Reason = null, Message = null }, job);
    }

    private async Task<RunRecord> WaitsAsync(RunRecord run, LocalJob job, string? why) =>
        (await StoreAsync(run with { Reason = why is null ? null : RunReasons.Unschedulable, Message = why }, job)).Run;

    /// <summary>Why it waited before is told no more.</summary>
    private async Task<RunRecord> StartedAsync(RunRecord run, LocalJob job, DateTimeOffset at) =>
        (await StoreAsync(run with { State = RunState.Running, StartedAt = run.StartedAt ?? at, Reason = null, Message = null }, job)).Run;

    private async Task<(RunRecord Run, LocalJob Job)> EndAttemptAsync(RunRecord run, LocalJob job, JobLimits limits, AttemptOutcome outcome)
    {
        var told = run with { ExitCode = outcome.ExitCode, Reason = outcome.Reason, Message = outcome.Message };
        return JobRules.After(limits, outcome, run.Attempt) switch
        {
            JobStep.Retry retry => await StoreAsync(told with { State = RunState.Pending }, job with { RetryAt = retry.At }),
            JobStep.Fail fail => await FinishAsync(told, job, RunState.Failed, fail.Reason, fail.Message, outcome.EndedAt),
            _ => await FinishAsync(told, job, RunState.Succeeded, outcome.Reason, outcome.Message, outcome.EndedAt),
        };
    }

    private Task<(RunRecord Run, LocalJob Job)> FinishAsync(RunRecord run, LocalJob job, RunState state, string reason, string message, DateTimeOffset at) =>
        StoreAsync(run with { State = state, Reason = reason, Message = message, FinishedAt = at }, job);

    /// <summary>Not cancelled with the engine: what has happened is stored.</summary>
    private async Task<(RunRecord Run, LocalJob Job)> StoreAsync(RunRecord run, LocalJob job)
    {
        if (await store.AdvanceAsync(run, job, CancellationToken.None))
        {
            events.Publish(new EngineEvent.RunChanged(run));
            return (run, job);
        }
        // Cancelled meanwhile, and that was told when it was decided.
        return (run with { State = RunState.Cancelled }, job);
    }
}
