using GitOps.Triggers.Domain;
using GitOps.Triggers.Logs;

namespace GitOps.Triggers.Builds;

/// <summary>Builds by Kaniko: without a daemon, and with base images from registries only.</summary>
internal sealed class KanikoBuilder(IKanikoLauncher launcher, Limits limits, TimeProvider time) : IImageBuilder
{
    private readonly BuildSession session = new(limits, time);

    public Task<StageResult<BuiltImage>> BuildAsync(BuildRequest request, LogFile log, CancellationToken ct) =>
        session.RunAsync(launcher.Title, request, log, (transcript, token) => launcher.BuildAsync(request, transcript, token), ct);
}
