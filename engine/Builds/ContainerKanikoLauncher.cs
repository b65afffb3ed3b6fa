using GitOps.Triggers.Containers;
using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Builds;

/// <summary>Runs Kaniko's image by podman or docker, a fresh container for each build; the engine then loads what it built, and pushes it.</summary>
internal sealed class ContainerKanikoLauncher(ContainerEngine engine, EngineConfiguration configuration, TimeProvider time) : IKanikoLauncher
{
    /// <summary>On each build's container, beside the engine's own.</summary>
    public const string BuildLabel = "triggers.gitops/build";

    /// <summary>From here on, an exit code is that of podman or docker themselves; unless Kaniko, which hands a step's own code on, says why it failed.</summary>
    private const int EnginesOwn = 125;

    private readonly ImagePublisher publisher = new(engine, configuration.Limits);
    private readonly DiskWatch disk = new(configuration.Limits, time);

    public string Title => $"kaniko ({engine.Name})";

    public async Task<StageResult<ImageReference>> BuildAsync(BuildRequest request, BuildTranscript transcript, CancellationToken ct)
    {
        using var work = WorkFolder.Create(configuration.DataFolder);
        var names = ImageNames.Of(request, configuration.Registry?.Prefix);
        var container = new KanikoContainer
        {
            Request = request,
            Image = configuration.Builder.KanikoImage,
            Name = $"gitops-triggers-build-{names.Tag}-{Guid.NewGuid().ToString("n")[..8]}",
            Labels = [ContainerOwner.LabelOf(configuration.DataFolder), $"{BuildLabel}={names.Tag}"],
            Destination = names.Local,
            OutputFolder = work.FullName,
            Limits = configuration.Limits,
        };
        if (await disk.WatchAsync(work, token => RunAsync(container, transcript, token), ct).ConfigureAwait(false) is not { } exitCode)
            return disk.Over(request, transcript);
        if (exitCode != 0)
            return Explain(request, transcript, exitCode);
        transcript.Built();
        var archive = work.File(KanikoContainer.Archive);
        if (KanikoArchive.Problem(archive, names.Local) is { } problem)
            return Refuse(request, problem);
        var id = await engine.LoadAsync(archive, ct).ConfigureAwait(false);
        return new StageResult<ImageReference>.Done(await publisher.PublishAsync(id, names, transcript, ct).ConfigureAwait(false));
    }

    private async Task<int> RunAsync(KanikoContainer container, BuildTranscript transcript, CancellationToken ct)
    {
        try
        {
            return await engine.Command.StreamAsync(container.RunArguments(engine.IsPodman), transcript.Output, transcript.Error, StopAsync, ct).ConfigureAwait(false);
        }
        finally
        {
            // Also when it was just being made as the build was cancelled.
            await RemoveAsync().ConfigureAwait(false);
        }

        Task StopAsync(RunningCommand run)
        {
            run.Interrupt();
            return RemoveAsync();
        }

        async Task RemoveAsync()
        {
            try
            {
                await engine.RemoveContainerAsync(container.Name, CancellationToken.None).ConfigureAwait(false);
            }
            catch (ContainerException e)
            {
                transcript.Note($"The build's container {container.Name} could not be removed: {e.Message}");
            }
        }
    }

    private StageResult<ImageReference> Explain(BuildRequest request, BuildTranscript transcript, int exitCode)
    {
        var kanikoSaysWhy = transcript.ErrorLines.Any(line => line.StartsWith("error building image: ", StringComparison.Ordinal));
        if (exitCode is >= EnginesOwn and <= EnginesOwn + 2 && !kanikoSaysWhy)
        {
            var outcome = new CommandOutcome { ExitCode = exitCode, Output = "", ErrorLines = transcript.ErrorLines };
            return new StageResult<ImageReference>.Retry(null, engine.Command.Failure(["run"], outcome).Message);
        }
        return BuildFailures.Explain(FailedBuild.From(transcript, exitCode, request, configuration.Limits.BuildMemory));
    }

    private static StageResult<ImageReference> Refuse(BuildRequest request, string problem) => new StageResult<ImageReference>.Rejected([new Finding
    {
        File = request.Inputs.Spec.Dockerfile,
        Message = $"the build left something else than its image: {problem}.",
        Fix = "Do not let a step write to /out: the image is put there when all steps are done.",
    }]);
}
