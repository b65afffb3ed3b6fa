using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Builds;

/// <summary>A way to run Kaniko's executor, which replaces the file system that it runs in.</summary>
internal interface IKanikoLauncher
{
    /// <summary>For people: <c>kaniko (podman)</c>.</summary>
    string Title { get; }

    /// <summary>Builds; ends with all it started when cancelled.</summary>
    Task<StageResult<ImageReference>> BuildAsync(BuildRequest request, BuildTranscript transcript, CancellationToken ct);
}
