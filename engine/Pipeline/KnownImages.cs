using GitOps.Triggers.Builds;
using GitOps.Triggers.Containers;
using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Pipeline;

/// <summary>Which images can be had, as one pass sees it: no image is asked for twice.</summary>
/// <param name="store">Where they are.</param>
/// <param name="fromRegistryOnly">An environment is on a cluster, and what is promoted there has to come from a registry: an image of this machine's own store is none.</param>
internal sealed class KnownImages(ImageStore store, bool fromRegistryOnly)
{
    private readonly Dictionary<ImageReference, bool> known = [];

    /// <summary>
    /// Of the images that run, those that cannot be had any more, see <see cref="PlanningInput.Gone"/>. What a registry holds is left to the registry: it is not asked
    /// for what runs already, so that a change of settings neither waits for it nor fails with it.
    /// </summary>
    public async Task<IReadOnlySet<ImageReference>> GoneAsync(IReadOnlyCollection<ImageReference> running, CancellationToken ct)
    {
        foreach (var image in running)
            known[image] = IsUsable(image);
        try
        {
            foreach (var image in await store.GoneAsync(running, ct))
                known[image] = false;
        }
        catch (ContainerException)
        {
            // An engine that does not answer says nothing about its images; what runs is taken to be there.
        }
        return running.Where(image => !known[image]).ToHashSet();
    }

    public bool IsKnown(ImageReference image) => known.GetValueOrDefault(image);

    /// <exception cref="ContainerException">Nobody can tell now.</exception>
    /// <exception cref="Registries.RegistryException">Nobody can tell now.</exception>
    public async Task<bool> ExistsAsync(ImageReference image, CancellationToken ct)
    {
        if (!known.TryGetValue(image, out var exists))
            known[image] = exists = IsUsable(image) && await store.ExistsAsync(image, ct);
        return exists;
    }

    private bool IsUsable(ImageReference image) => !(fromRegistryOnly && image.IsLocal);
}
