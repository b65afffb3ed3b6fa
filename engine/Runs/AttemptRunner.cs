using GitOps.Triggers.Containers;
using GitOps.Triggers.Deployment;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Logs;

namespace GitOps.Triggers.Runs;

/// <summary>Makes one attempt: a container started, or found again after a restart of the engine, and attended to its end.</summary>
internal sealed class AttemptRunner(
    JobContainers containers, ImageCheck images, ImagePulls pulls, RunPlaces places, RunPreparation preparation, EngineConfiguration configuration, TimeProvider time)
{
    /// <param name="attempt">What to make, or to find again.</param>
    /// <param name="waits">Called with the reason while there is no place for it, and with none when its turn has come.</param>
    /// <param name="begun">Called when its container has been started, by this call or by an earlier one.</param>
    /// <param name="cancelled">The run is not wanted any more: its container is stopped.</param>
    /// <param name="ct">The engine stops: the container goes on, and is found again.</param>
    /// <exception cref="ContainerException">The container engine does not answer; the same call may be made again.</exception>
    public async Task<AttemptOutcome> RunAsync(Attempt attempt, Func<string?, Task> waits, Func<DateTimeOffset, Task> begun, CancellationToken cancelled, CancellationToken ct)
    {
        var name = containers.NameOf(attempt.Run.Id.Value, attempt.Number);
        var found = await containers.FindAsync(name, ct);
        var started = found?.StartedAt is not null;
        if (found is not { RunsOrEnded: true } && (attempt.Begun || started))
            return Failure(RunReasons.Lost, "Its container is gone: it was removed, or the machine was restarted, while it ran.");
        if (started)
            places.Occupy(attempt.Run);
        else
        {
            if (await StartAsync(attempt, name, found is not null, waits, cancelled, ct) is { } problem)
                return problem;
            found = await containers.FindAsync(name, ct);
        }
        if (!attempt.Begun)
            await begun(found?.StartedAt ?? time.GetUtcNow());
        return await AttendAsync(attempt, name, found, await preparation.MaskOfAsync(attempt, found?.Env ?? [], ct), cancelled, ct);
    }

    /// <summary>Stops and removes what is left of runs that are over and whose containers nobody saw end.</summary>
    /// <param name="over">Such runs.</param>
    /// <param name="grace">From SIGTERM to SIGKILL.</param>
    /// <param name="ct">The engine stops.</param>
    /// <exception cref="ContainerException">The container engine does not answer: they may still go on.</exception>
    public async Task StopLeftAsync(IReadOnlyList<RunRecord> over, TimeSpan grace, CancellationToken ct)
    {
        if (over.Count == 0)
            return;
        var there = await containers.ListAsync(ct);
        foreach (var name in over.Select(run => containers.NameOf(run.Id.Value, run.Attempt)).Where(there.ContainsKey))
        {
            await containers.StopAsync(name, grace, ct);
            await containers.RemoveAsync(name, ct);
        }
    }

    /// <summary>Takes the container and the private folder away, after the outcome is stored; also when the engine stops at this moment. Its place is free then.</summary>
    /// <param name="attempt">The attempt.</param>
    /// <param name="ended">Its container was seen to end; otherwise it is stopped first.</param>
    /// <param name="ct">The engine stops.</param>
    public async Task ForgetAsync(Attempt attempt, bool ended, CancellationToken ct)
    {
        try
        {
            preparation.Forget(attempt);
            var name = containers.NameOf(attempt.Run.Id.Value, attempt.Number);
            if (!ended)
                await containers.StopAsync(name, attempt.Spec.Grace, ct);
            await containers.RemoveAsync(name, CancellationToken.None);
        }
        finally
        {
            places.Leave(attempt.Run.Id);
        }
    }

    /// <summary>Takes a place first, and gives it back where it is not known what became of the container: one that was started has it again by the next look.</summary>
    private async Task<AttemptOutcome?> StartAsync(Attempt attempt, string name, bool leftover, Func<string?, Task> waits, CancellationToken cancelled, CancellationToken ct)
    {
        if (await PatientlyAsync(attempt, "It still waited for its turn", wait => places.TakeAsync(attempt.Run, waits, wait), cancelled, ct) is { } late)
            return late;
        try
        {
            return await StartAsync(attempt, name, leftover, cancelled, ct);
        }
        catch
        {
            places.Leave(attempt.Run.Id);
            throw;
        }
    }

    private async Task<AttemptOutcome?> StartAsync(Attempt attempt, string name, bool leftover, CancellationToken cancelled, CancellationToken ct)
    {
        var repository = attempt.Run.Repository;
        if (await places.InTurnAsync(repository, () => images.IsToBePulledAsync(attempt.Spec.Image, ct), ct) && await PullAsync(attempt, cancelled, ct) is { } missing)
            return missing;
        return await places.InTurnAsync(repository, async () =>
        {
            if (leftover)
                await containers.RemoveAsync(name, ct);
            if (await images.ProblemAsync(attempt.Spec.Image, ct) is { } problem)
                return Failure(problem.Reason, problem.Message);
            try
            {
                return await StartAsync(attempt, name, await preparation.GatherAsync(attempt, ct), ct);
            }
            catch (SourceException e)
            {
                return Failure(RunReasons.Configuration, e.Message);
            }
        }, ct);
    }

    /// <summary>Out of turn: it may take minutes, and the runs of others need none of it.</summary>
    private async Task<AttemptOutcome?> PullAsync(Attempt attempt, CancellationToken cancelled, CancellationToken ct)
    {
        try
        {
            return await PatientlyAsync(
                attempt, $"Its image {attempt.Spec.Image.Digest.Short} was still being pulled", wait => pulls.PullAsync(attempt.Spec.Image, wait), cancelled, ct);
        }
        catch (ContainerException e) when (e.Kind != ContainerFailureKind.Engine)
        {
            return Failure(RunReasons.ImagePull, e.Message);
        }
    }

    /// <summary>Waits as long as the run may: its timeout goes on meanwhile, as on a cluster.</summary>
    /// <returns>None when what was waited for has come.</returns>
    private async Task<AttemptOutcome?> PatientlyAsync(Attempt attempt, string what, Func<CancellationToken, Task> wait, CancellationToken cancelled, CancellationToken ct)
    {
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancelled, ct);
        var work = wait(waiting.Token);
        await Task.WhenAny(work, Waiting.UntilAsync(attempt.Deadline, time, waiting.Token));
        var late = !work.IsCompleted;
        await waiting.CancelAsync();
        try
        {
            await work;
            return null;
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return late && !cancelled.IsCancellationRequested
                ? Failure(RunReasons.DeadlineExceeded, $"{what} at its timeout.")
                : Failure(RunReasons.Replaced, $"{what} when another run took its place.");
        }
    }

    private async Task<AttemptOutcome?> StartAsync(Attempt attempt, string name, RunMaterial material, CancellationToken ct)
    {
        var engine = await containers.EngineAsync(ct);
        var file = preparation.WriteEnvironment(attempt, material.Environment);
        var reason = RunReasons.Create;
        try
        {
            var identity = containers.Identity(attempt.Run.Id.Value, attempt.Number);
            var arguments = CreateArguments.Of(identity, attempt.Spec, material, file, attempt.Run.Args ?? attempt.Spec.Args, configuration.Limits.RunLogBytes, engine.IsPodman);
            await containers.CreateAsync(arguments, material.Environment.ClientVariables);
            reason = RunReasons.Start;
            await containers.StartAsync(name);
            return null;
        }
        // Where it is not known whether the container was made or started, the next look finds it by its name.
        catch (ContainerException e) when (e.Kind is not ContainerFailureKind.Silent)
        {
            return Failure(reason, material.Mask.Apply(e.Message));
        }
        finally
        {
            File.Delete(file);
        }
    }

    private async Task<AttemptOutcome> AttendAsync(Attempt attempt, string name, JobContainerState? begun, SecretMask mask, CancellationToken cancelled, CancellationToken ct)
    {
        // Written anew from the container's own log, so that what was written while nobody read along is in it, and nothing twice.
        using var log = LogFile.Create(RunLogs.PathOf(configuration.DataFolder, attempt.Run.Id, attempt.Number), configuration.Limits.RunLogBytes, mask);
        var turnedOver = await containers.LogTurnedOverAsync(begun, ct);
        if (turnedOver is not null)
            log.Note("--- Lines were lost here: there was more output before than the container engine keeps for later. ---");
        using var attended = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var end = containers.FollowAsync(name, line => log.Write(line), attended.Token);
        string? why;
        try
        {
            why = await StopWhenNeededAsync(attempt, name, end, log, cancelled, ct);
            await end;
        }
        finally
        {
            // Whatever happens, nobody reads along any more when this returns.
            await attended.CancelAsync();
            await end.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        if (await containers.FindAsync(name, ct) is not { } state)
            return Failure(RunReasons.Lost, "Its container was removed while it ran.");
        if (await containers.LogTurnedOverAsync(state, ct) is { } again && again != turnedOver)
            log.Note("--- Lines may have been lost above: there was more output than the container engine keeps, and it came faster than it could be read. ---");
        return AttemptOutcomes.Of(state, state.FinishedAt < attempt.Deadline && why == RunReasons.DeadlineExceeded ? null : why, time.GetUtcNow());
    }

    /// <returns>Why it was stopped; none when it ended by itself.</returns>
    private async Task<string?> StopWhenNeededAsync(Attempt attempt, string name, Task end, LogFile log, CancellationToken cancelled, CancellationToken ct)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancelled, ct);
        var wait = Waiting.UntilAsync(attempt.Deadline, time, either.Token);
        if (await Task.WhenAny(end, wait) == end)
        {
            await either.CancelAsync();
            return null;
        }
        ct.ThrowIfCancellationRequested();
        var why = cancelled.IsCancellationRequested ? RunReasons.Replaced : RunReasons.DeadlineExceeded;
        log.Note($"--- Stopped: {why}. ---");
        await containers.StopAsync(name, attempt.Spec.Grace, ct);
        return why;
    }

    private AttemptOutcome Failure(string reason, string message) => new(reason, null, message, time.GetUtcNow());
}
