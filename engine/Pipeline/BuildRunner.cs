using GitOps.Triggers.Builds;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Sources;

namespace GitOps.Triggers.Pipeline;

/// <summary>Exports one build's inputs, has them built, and cleans up.</summary>
internal sealed class BuildRunner(ContextExporter exporter, IImageBuilder builder, BuildLogs logs, EngineConfiguration configuration)
{
    public async Task<StageResult<BuiltImage>> RunAsync(ConnectedRepository repository, TriggerCandidate candidate, BuildRecord build, CancellationToken ct)
    {
        using var log = logs.Create(build.Id);
        using var work = WorkFolder.Create(configuration.DataFolder);
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
