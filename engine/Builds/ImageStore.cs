using GitOps.Triggers.Containers;
using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Builds;

/// <summary>Where built images are.</summary>
internal sealed class ImageStore(ContainerEngineLocator engines)
{
    /// <summary>Whether the image is still there: in this machine's store, or at its registry, which is asked for the manifest only.</summary>
    /// <exception cref="ContainerException">Nobody can tell now: the registry or the engine does not answer.</exception>
    public async Task<bool> ExistsAsync(ImageReference image, CancellationToken ct)
    {
        var engine = await engines.RequireAsync(ct).ConfigureAwait(false);
        return image.IsLocal
            ? await engine.FindImageAsync(image.Digest.Value, ct).ConfigureAwait(false) is not null
            : await engine.RegistryHasAsync(image.ToString(), ct).ConfigureAwait(false);
    }
}
