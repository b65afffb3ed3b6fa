using GitOps.Triggers.Builds;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Sources;

namespace GitOps.Triggers.Pipeline;

/// <summary>Exports one build's inputs when there is a place for it, has them built, and cleans up.</summary>
internal sealed class BuildRunner(BuildPlaces places, ContextExporter exporter, IImageBuilder builder, BuildLogs logs, EngineConfiguration configuration)
{
    public async Task<StageResult<BuiltImage>> RunAsync(ConnectedRepository repository, TriggerCandidate candidate, BuildRecord build, CancellationToken ct)
    {
        using var log = logs.Create(build.Id);
        // Before the export: what waits takes no room on the disk.
        using var place = await places.TakeAsync(repository.Id, () => log.Note("--- waiting until another build has ended ---"), ct);
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
