using GitOps.Triggers.Domain;
using GitOps.Triggers.Logs;

namespace GitOps.Triggers.Builds;

/// <summary>Builds by Kaniko: without a daemon, and with base images from registries only.</summary>
internal sealed class KanikoBuilder(IKanikoLauncher launcher, Limits limits, TimeProvider time) : IImageBuilder
{
    private readonly BuildSession session = new(limits, time);

    public Task<StageResult<BuiltImage>> BuildAsync(BuildRequest request, LogFile log, CancellationToken ct) =>
        session.RunAsync(launcher.Title, request, log, (transcript, token) => OutOfReach(request.Inputs) is { } finding
            ? Task.FromResult<StageResult<ImageReference>>(new StageResult<ImageReference>.Rejected([finding]))
            : launcher.BuildAsync(request, transcript, token), ct);

    /// <summary>
    /// Told before it is tried, where it would look like an outage for ever. The local builder is not taken in its place, although <c>auto</c> could:
    /// then what a repository writes into its Dockerfile would decide how well its build is shut in, and that is for the operator to decide.
    /// </summary>
    private static Finding? OutOfReach(BuildInputs inputs) => inputs.LocalBase is not { } image ? null : new Finding
    {
        File = inputs.Spec.Dockerfile,
        Line = image.Line,
        Message = $"it is based on {Shown.Text(image.Image)}, which only this machine's store can have, and Kaniko takes base images from registries only.",
        Fix = "Push the base image to a registry and name it there; or let the operator write `builder: { kind: local }` into engine.yaml, with which podman or docker themselves build.",
    };
}
