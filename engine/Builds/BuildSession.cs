using GitOps.Triggers.Clusters;
using GitOps.Triggers.Containers;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Logs;

namespace GitOps.Triggers.Builds;

/// <summary>What every build has around it: a beginning and an end in its log, its longest duration, and the class of what goes wrong.</summary>
internal sealed class BuildSession(Limits limits, TimeProvider time)
{
    public async Task<StageResult<BuiltImage>> RunAsync(
        string builder, BuildRequest request, LogFile log, Func<BuildTranscript, CancellationToken, Task<StageResult<ImageReference>>> build, CancellationToken ct)
    {
        var started = time.GetTimestamp();
        log.Note($"--- {builder}: {request.Trigger} of {request.Repository.Name} at {request.Inputs.Commit.Short}, {request.Inputs.FileCount} files, inputs {request.Inputs.Hash.Short} ---");
        try
        {
            var result = await WithinLimitsAsync(request, log, build, ct).ConfigureAwait(false);
            var took = time.GetElapsedTime(started);
            log.Note($"--- {InWords(result)}, after {Duration.Format(took)} ---");
            return Finish(result, builder, request, took);
        }
        catch (OperationCanceledException)
        {
            log.Note($"--- cancelled, after {Duration.Format(time.GetElapsedTime(started))} ---");
            throw;
        }
    }

    private async Task<StageResult<ImageReference>> WithinLimitsAsync(
        BuildRequest request, LogFile log, Func<BuildTranscript, CancellationToken, Task<StageResult<ImageReference>>> build, CancellationToken ct)
    {
        using var timeout = new CancellationTokenSource(limits.BuildTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, timeout.Token);
        var transcript = new BuildTranscript(log, () => timeout.CancelAfter(limits.BuildTimeout), () => timeout.CancelAfter(Timeout.InfiniteTimeSpan));
        try
        {
            return await build(transcript, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !ct.IsCancellationRequested)
        {
            var text = DockerfileLines.Read(request.DockerfilePath);
            return new StageResult<ImageReference>.Rejected([BuildFailures.TimedOut(request.Inputs.Spec.Dockerfile, text, transcript.Step, limits.BuildTimeout)]);
        }
        catch (Exception e) when (e is ContainerException or ClusterException or IOException)
        {
            // What was called off is not to be tried again for how it ended.
            ct.ThrowIfCancellationRequested();
            return new StageResult<ImageReference>.Retry(null, e.Message);
        }
    }

    private static string InWords(StageResult<ImageReference> result) => result switch
    {
        StageResult<ImageReference>.Done done => $"built {done.Value}",
        StageResult<ImageReference>.Rejected rejected => $"failed: {string.Join(' ', rejected.Findings)}",
        StageResult<ImageReference>.Retry retry => $"to be tried again: {retry.Reason}",
        _ => throw new InvalidOperationException($"A build cannot end as {result.GetType().Name}."),
    };

    private static StageResult<BuiltImage> Finish(StageResult<ImageReference> result, string builder, BuildRequest request, TimeSpan took) => result switch
    {
        StageResult<ImageReference>.Done done =>
            new StageResult<BuiltImage>.Done(new BuiltImage { Image = done.Value, Builder = builder }),
        StageResult<ImageReference>.Rejected rejected => new StageResult<BuiltImage>.Rejected(rejected.Findings),
        StageResult<ImageReference>.Retry retry => new StageResult<BuiltImage>.Retry(retry.After, retry.Reason),
        _ => throw new InvalidOperationException($"A build cannot end as {result.GetType().Name}."),
    };
}
