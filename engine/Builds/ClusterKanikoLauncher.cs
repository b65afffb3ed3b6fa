using GitOps.Triggers.Clusters;
using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Builds;

/// <summary>
/// Runs Kaniko in a Job on a cluster. The Job goes on when the engine does not: its name follows from what it builds, so that the next engine finds it,
/// reads its log from the beginning and takes up what it came to. It is deleted when that is known, and when nobody wants the build any more.
/// </summary>
/// <param name="configuration">With settings for builds on a cluster, and with a registry.</param>
/// <param name="clusters">The connections.</param>
/// <param name="contexts">Where the build's pod gets its context from.</param>
/// <param name="time">For waiting.</param>
/// <param name="stopping">Cancelled when the engine is being stopped, and the build is to go on.</param>
internal sealed class ClusterKanikoLauncher(EngineConfiguration configuration, ClusterDirectory clusters, BuildContexts contexts, TimeProvider time, CancellationToken stopping) : IKanikoLauncher
{
    private static readonly TimeSpan LongestDeletion = TimeSpan.FromSeconds(15);

    private readonly ClusterBuilderSettings settings = configuration.Builder.Cluster ?? throw new ArgumentException("There are no settings for builds on a cluster.", nameof(configuration));

    public string Title => "kaniko (kubernetes)";

    public async Task<StageResult<ImageReference>> BuildAsync(BuildRequest request, BuildTranscript transcript, CancellationToken ct)
    {
        using var work = WorkFolder.Create(configuration.DataFolder);
        var archive = work.File("context.tar");
        var build = new ClusterBuild
        {
            Request = request,
            Settings = settings,
            Registry = configuration.Registry ?? throw new InvalidOperationException("A build on a cluster needs a registry."),
            KanikoImage = configuration.Builder.KanikoImage,
            Limits = configuration.Limits,
            ContextHash = await ContextArchive.WriteAsync(request, archive, ct).ConfigureAwait(false),
        };
        using var offer = contexts.Offer(build.Name, archive);
        return await BuildAsync(build, transcript, ct).ConfigureAwait(false);
    }

    private async Task<StageResult<ImageReference>> BuildAsync(ClusterBuild build, BuildTranscript transcript, CancellationToken ct)
    {
        var jobs = new ClusterBuildJobs(clusters.Of(settings.Access), settings.Namespace);
        ClusterBuildFollower? follower = null;
        try
        {
            for (var first = true; ; first = false)
            {
                (follower, var isNew) = await StartAsync(jobs, build, transcript, ct).ConfigureAwait(false);
                var state = await follower.UntilEndedAsync(ct).ConfigureAwait(false);
                await DeleteAsync(jobs, build, transcript).ConfigureAwait(false);
                if (isNew || !first || state is not ClusterBuildState.Broken broken)
                    return ClusterBuildResult.Of(state, build, transcript);
                // It may have failed for want of an engine.
                transcript.Note($"--- nothing came of that Job: {broken.Reason} It is built anew ---");
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            if (stopping.IsCancellationRequested)
            {
                transcript.Note($"--- the engine is being stopped; the Job {build.Name} goes on ---");
                throw;
            }
            await DeleteAsync(jobs, build, transcript).ConfigureAwait(false);
            // A time that was over while something else than Kaniko ran is no fault of the Dockerfile's.
            if (follower?.State is not ClusterBuildState.Running { Container: BuildContainer.Name })
                throw new ClusterException(ClusterFailureKind.Unreachable, "Time was over before Kaniko ran to its end: see what the build's log says of the cluster.");
            throw;
        }
    }

    private async Task<(ClusterBuildFollower Follower, bool IsNew)> StartAsync(ClusterBuildJobs jobs, ClusterBuild build, BuildTranscript transcript, CancellationToken ct)
    {
        var (job, isNew) = await jobs.FindOrCreateAsync(ClusterBuildJob.Render(build, $"{build.Name}-{Guid.NewGuid().ToString("n")[..8]}"), ct).ConfigureAwait(false);
        FailPoint.Reach("build-job-made");
        transcript.Note($"--- the Job {build.Name} in {settings.Namespace} of {jobs.Cluster.Name}{(isNew ? "" : " is there already, and is taken up")} ---");
        // Also for one that was there: who made it may not have come this far.
        await jobs.GiveTokenAsync(job, contexts.NewToken(build.Name), ct).ConfigureAwait(false);
        return (new ClusterBuildFollower(jobs, job, transcript, () => contexts.Forget(build.Name), time), isNew);
    }

    /// <summary>What is not deleted now is by the sweep, and in the end by the cluster.</summary>
    private async Task DeleteAsync(ClusterBuildJobs jobs, ClusterBuild build, BuildTranscript transcript)
    {
        using var patience = new CancellationTokenSource(LongestDeletion, time);
        try
        {
            contexts.Forget(build.Name);
            if (await jobs.FindAsync(build.Name, patience.Token).ConfigureAwait(false) is { } job)
                await jobs.DeleteAsync(job, patience.Token).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is ClusterException or OperationCanceledException)
        {
            transcript.Note($"The Job {build.Name} could not be deleted now; it is later: {failure.Message}");
        }
    }
}
