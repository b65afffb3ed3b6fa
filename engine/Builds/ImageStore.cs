using GitOps.Triggers.Containers;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Registries;

namespace GitOps.Triggers.Builds;

/// <summary>Where built images are.</summary>
internal sealed class ImageStore(ContainerEngineLocator engines, RegistryDirectory registries)
{
    /// <summary>Whether the image is still there: in this machine's store, or at its registry, which the engine asks itself: in a pod it has no podman.</summary>
    /// <exception cref="ContainerException">Nobody can tell now: podman or docker does not answer.</exception>
    /// <exception cref="RegistryException">Nobody can tell now: the registry does not answer, or does not let the engine in.</exception>
    public async Task<bool> ExistsAsync(ImageReference image, CancellationToken ct)
    {
        if (!image.IsLocal)
            return await registries.HasAsync(image, ct).ConfigureAwait(false);
        var engine = await engines.RequireAsync(ct).ConfigureAwait(false);
        return await engine.FindImageAsync(image.Digest.Value, ct).ConfigureAwait(false) is not null;
    }

    /// <summary>Takes an image out of this machine's store, if it carries the engine's own label for these inputs; any other is left alone.</summary>
    /// <exception cref="ContainerException">The engine does not answer, a container uses the image, or somebody gave it a further name.</exception>
    public async Task RemoveAsync(ImageReference image, InputHash hash, CancellationToken ct)
    {
        var engine = await engines.RequireAsync(ct).ConfigureAwait(false);
        var found = await engine.FindImageAsync(image.Digest.Value, ct).ConfigureAwait(false);
        if (found?.Labels.GetValueOrDefault(ImageNames.InputHashLabel) == hash.Value)
            await engine.RemoveImageAsync(image.Digest.Value, ct).ConfigureAwait(false);
    }

    /// <summary>Of these images, those that belong into this machine's store and are not there. While all of them are, one question answers for any number.</summary>
    /// <exception cref="ContainerException">The engine does not answer.</exception>
    public async Task<IReadOnlyList<ImageReference>> GoneAsync(IEnumerable<ImageReference> images, CancellationToken ct)
    {
        var local = images.Where(image => image.IsLocal).Distinct().ToList();
        if (local.Count == 0)
            return [];
        var engine = await engines.RequireAsync(ct).ConfigureAwait(false);
        if (await engine.HasImagesAsync([.. local.Select(image => image.Digest.Value)], ct).ConfigureAwait(false))
            return [];
        var gone = new List<ImageReference>();
        foreach (var image in local)
        {
            if (!await ExistsAsync(image, ct).ConfigureAwait(false))
                gone.Add(image);
        }
        return gone;
    }
}
