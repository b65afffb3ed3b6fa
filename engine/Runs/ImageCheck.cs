using System.Globalization;
using GitOps.Triggers.Containers;
using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Runs;

/// <summary>Looks at the image before a container is made of it: it is here, and it does not run as root.</summary>
internal sealed class ImageCheck(JobContainers containers)
{
    /// <summary>Whether the image has to be pulled first.</summary>
    /// <exception cref="ContainerException">The container engine does not answer.</exception>
    public async Task<bool> IsToBePulledAsync(ImageReference image, CancellationToken ct) => !image.IsLocal && await FindAsync(image, ct) is null;

    /// <returns>None when it may run; else the reason and what to do.</returns>
    /// <exception cref="ContainerException">The container engine does not answer.</exception>
    public async Task<(string Reason, string Message)?> ProblemAsync(ImageReference image, CancellationToken ct)
    {
        if (await FindAsync(image, ct) is not { } found)
            return image.IsLocal
                ? (RunRecord.ImageNeverPull, $"The image {image.Digest.Short} is no longer in this machine's store, and no registry is set that would hold it. It is looked at now and built again where it was built; 'gitops-triggers status' shows how that stands. Keep it from being pruned.")
                : (RunReasons.ImagePull, $"The image {image.Digest.Short} was pulled and removed again at once. Keep it from being pruned.");
        return UserProblem(found.User ?? "") is { } problem ? (RunReasons.Configuration, problem) : null;
    }

    /// <summary>The kubelet's rule for <c>runAsNonRoot</c>: a name says nothing of the number behind it.</summary>
    public static string? UserProblem(string user)
    {
        const string Fix = "Write USER with a number above 0 into the Dockerfile, such as USER 65532:65532.";
        var name = user.Split(':')[0];
        if (name is "" or "0" or "root")
            return $"The image runs as root. {Fix}";
        return uint.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? null
            : $"The image runs as '{Shown.Text(name)}', and a name may stand for root. {Fix}";
    }

    private async Task<ImageDetails?> FindAsync(ImageReference image, CancellationToken ct)
    {
        var engine = await containers.EngineAsync(ct);
        return await engine.FindImageAsync(image.ToString(), ct);
    }
}
