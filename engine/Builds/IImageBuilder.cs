using GitOps.Triggers.Domain;
using GitOps.Triggers.Logs;

namespace GitOps.Triggers.Builds;

/// <summary>Turns a build context into an image.</summary>
internal interface IImageBuilder
{
    /// <summary>
    /// Builds, with every line of output in <paramref name="log"/> as it comes. Done with the image, which is pushed where a registry is set; Rejected when
    /// the Dockerfile or what it does is at fault; Retry when something outside is. Cancelling ends the build with all its processes and containers.
    /// </summary>
    Task<StageResult<BuiltImage>> BuildAsync(BuildRequest request, LogFile log, CancellationToken ct);
}
