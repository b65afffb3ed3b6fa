using GitOps.Triggers.Containers;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Logs;

namespace GitOps.Triggers.Builds;

/// <summary>Builds by <c>podman build</c> or <c>docker build</c>.</summary>
internal sealed class LocalBuilder(ContainerEngine engine, EngineConfiguration configuration, TimeProvider time) : IImageBuilder
{
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>BuildKit draws on the terminal unless told otherwise.</summary>
    private readonly ContainerCommand command = engine.Command.With("BUILDKIT_PROGRESS", "plain");

    private readonly ImagePublisher publisher = new(engine, configuration.Limits);
    private readonly DiskWatch disk = new(configuration.Limits, time);
    private readonly BuildSession session = new(configuration.Limits, time);

    public Task<StageResult<BuiltImage>> BuildAsync(BuildRequest request, LogFile log, CancellationToken ct) =>
        session.RunAsync($"{engine.Name} build", request, log, (transcript, token) => BuildAsync(request, transcript, token), ct);

    private async Task<StageResult<ImageReference>> BuildAsync(BuildRequest request, BuildTranscript transcript, CancellationToken ct)
    {
        using var work = WorkFolder.Create(configuration.DataFolder);
        var (names, idFile) = (ImageNames.Of(request, configuration.Registry?.Prefix), work.File("id"));
        var arguments = LocalBuildArguments.Of(engine, request, names.Local, idFile, configuration.Limits);
        // Its steps have no folder of the engine's to write to, but their layers may lie on the same disk.
        if (await disk.WatchAsync(work, token => command.StreamAsync(arguments, transcript.Output, transcript.Error, StopAsync, token), ct).ConfigureAwait(false) is not { } exitCode)
            return disk.Over(request, transcript);
        if (exitCode != 0)
            return BuildFailures.Explain(FailedBuild.From(transcript, exitCode, request, configuration.Limits.BuildMemory));
        transcript.Built();
        var id = ImageDetails.ParseId((await File.ReadAllTextAsync(idFile, ct).ConfigureAwait(false)).Trim());
        return new StageResult<ImageReference>.Done(await publisher.PublishAsync(id, names, transcript, ct).ConfigureAwait(false));
    }

    /// <summary>
    /// Docker's client passes an interrupt on. Podman ends at once and leaves the step running and its container mounted; so its steps are killed, it sees
    /// them fail and clears up. Only when there was none for a while, as when it pulls an image, is it interrupted itself.
    /// </summary>
    private async Task StopAsync(RunningCommand build)
    {
        var (started, killed) = (time.GetTimestamp(), 0);
        while (engine.IsPodman && !build.Ended.IsCancellationRequested)
        {
            killed += NestedProcesses.KillUnder(build.ProcessId);
            if (killed == 0 && time.GetElapsedTime(started) > Patience)
                break;
            await Task.Delay(Between, time, build.Ended).ContinueWith(_ => { }, TaskScheduler.Default).ConfigureAwait(false);
        }
        build.Interrupt();
    }
}
