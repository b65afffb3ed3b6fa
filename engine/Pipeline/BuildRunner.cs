using GitOps.Triggers.Builds;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Sources;

namespace GitOps.Triggers.Pipeline;

/// <summary>Exports one build's inputs when there is a place for it, has them built, and cleans up.</summary>
internal sealed class BuildRunner(BuildPlaces places, ContextExporter exporter, IImageBuilder builder, BuildLogs logs, EngineConfiguration configuration)
{
    /// <param name="repository">Where the inputs are from.</param>
    /// <param name="candidate">What is built.</param>
    /// <param name="build">The number of its log.</param>
    /// <param name="begins">Done when there is a place for it, before anything else.</param>
    /// <param name="ct">Ends the waiting, and the build.</param>
    public async Task<StageResult<BuiltImage>> RunAsync(ConnectedRepository repository, TriggerCandidate candidate, long build, Func<Task> begins, CancellationToken ct)
    {
        using var log = logs.Create(build);
        // Before the export: what waits takes no room on the disk.
        using var place = await places.TakeAsync(repository.Id, () => log.Note("--- waiting until another build has ended ---"), ct);
        await begins();
        using var work = WorkFolder.Create(configuration.DataFolder);
        if (DiskWatch.Shortage(work, configuration.Limits) is { } shortage)
        {
            log.Note($"--- to be tried again: {shortage} ---");
            return new StageResult<BuiltImage>.Retry(null, shortage);
        }
        return await exporter.ExportAsync(repository, candidate.Inputs, work.File("context"), ct).Then(context => builder.BuildAsync(
            new BuildRequest
            {
                Inputs = candidate.Inputs,
                Repository = repository.Repository,
                Trigger = candidate.Name,
                ContextFolder = context.Context,
                DockerfilePath = context.Dockerfile,
                DockerignorePath = context.Dockerfile + ".dockerignore",
            },
            log,
            ct));
    }
}
