using GitOps.Triggers.Domain;
using GitOps.Triggers.Planning;
using GitOps.Triggers.Storage;

namespace GitOps.Triggers.Pipeline;

/// <summary>Builds the image of one set of inputs, and records it from when it waits for a place to its end.</summary>
internal sealed class BuildStage(BuildStore store, BuildRunner runner, EventHub events, TimeProvider time)
{
    /// <returns>Done with the image; Skipped when a newer commit took the build's reason away.</returns>
    public async Task<StageResult<BuildRecord>> BuildAsync(Pass pass, TriggerCandidate candidate, CancellationToken superseded, CancellationToken ct)
    {
        var build = await store.AddAsync(
            new BuildRecord
            {
                Repository = pass.Repository.Id,
                Trigger = candidate.Name,
                Environment = pass.Environment.Name,
                Hash = candidate.Inputs.Hash,
                Commit = candidate.Inputs.Commit,
                State = BuildState.Waiting,
                Builder = "",
                StartedAt = time.GetUtcNow(),
            },
            ct);
        FailPoint.Reach("build-added");
        BuildRecord? begun = null;
        var result = await RunAsync(pass, candidate, build.Id, async () => begun = await store.BeginAsync(build, time.GetUtcNow(), ct), superseded, ct);
        FailPoint.Reach("build-ended");
        var finished = Finished(build, begun, result);
        await store.FinishAsync(finished, CancellationToken.None);
        FailPoint.Reach("build-recorded");
        events.Publish(new EngineEvent.BuildFinished(finished));
        ct.ThrowIfCancellationRequested();
        return result switch
        {
            StageResult<BuiltImage>.Done => new StageResult<BuildRecord>.Done(finished),
            StageResult<BuiltImage>.Rejected => new StageResult<BuildRecord>.Rejected(RejectedBuild.Explain(finished)),
            StageResult<BuiltImage>.Retry retry => new StageResult<BuildRecord>.Retry(retry.After, retry.Reason),
            _ => new StageResult<BuildRecord>.Skipped(finished.Reason ?? "cancelled"),
        };
    }

    private async Task<StageResult<BuiltImage>> RunAsync(Pass pass, TriggerCandidate candidate, long build, Func<Task> begins, CancellationToken superseded, CancellationToken ct)
    {
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(ct, superseded);
        try
        {
            return await runner.RunAsync(pass.Repository, candidate, build, begins, cancel.Token);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            return new StageResult<BuiltImage>.Skipped(ct.IsCancellationRequested ? "the engine is stopping; it is built again after its start" : "a newer commit was pushed");
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            return new StageResult<BuiltImage>.Retry(null, $"the build could not be carried out: {Shown.Text(failure.Message)}");
        }
    }

    private BuildRecord Finished(BuildRecord build, BuildRecord? begun, StageResult<BuiltImage> result)
    {
        var now = time.GetUtcNow();
        var ended = (begun ?? build with { StartedAt = now }) with { FinishedAt = now };
        return result switch
        {
            StageResult<BuiltImage>.Done { Value: var built } => ended with { State = BuildState.Succeeded, Image = built.Image, Builder = built.Builder },
            StageResult<BuiltImage>.Rejected { Findings: var findings } => ended with { State = BuildState.Rejected, Reason = findings[0].Message, Findings = findings },
            StageResult<BuiltImage>.Retry { Reason: var reason } => ended with { State = BuildState.Failed, Reason = reason },
            StageResult<BuiltImage>.Skipped { Reason: var reason } => ended with { State = BuildState.Cancelled, Reason = reason },
            _ => ended with { State = BuildState.Failed, Reason = "held" },
        };
    }
}
