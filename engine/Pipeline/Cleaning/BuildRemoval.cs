using GitOps.Triggers.Builds;
using GitOps.Triggers.Containers;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Storage;

namespace GitOps.Triggers.Pipeline;

/// <summary>Takes a build away with all that it left: its image in this machine's store, its log, its record. What a registry holds is the registry's.</summary>
internal sealed partial class BuildRemoval(BuildStore builds, ImageStore images, BuildLogs logs, ILogger<BuildRemoval> logger)
{
    /// <summary>The record goes last: while the image cannot be removed, it is tried again another time.</summary>
    public async Task RemoveAsync(BuildRecord build, CancellationToken ct)
    {
        try
        {
            // The same image may have been built for another repository, or by a later build.
            if (build.Image is { IsLocal: true } image && !await builds.IsInUseAsync(image, build.Id, ct))
                await images.RemoveAsync(image, build.Hash, ct);
        }
        catch (ContainerException refused)
        {
            Kept(build.Id, refused.Message);
            return;
        }
        logs.Remove(build.Id);
        await builds.RemoveAsync(build.Id, ct);
    }

    [LoggerMessage(1, LogLevel.Information, "The image of build {Build}, which nothing refers to, could not be removed; it is tried again: {Problem}")]
    private partial void Kept(long build, string problem);
}
