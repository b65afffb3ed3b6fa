using System.Globalization;
using GitOps.Triggers.Containers;
using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Runs;

/// <summary>Makes sure of the image before a container is made of it: it is here, and it does not run as root.</summary>
internal sealed class ImageCheck(JobContainers containers)
{
    /// <returns>None when it may run; else the reason and what to do.</returns>
    /// <exception cref="ContainerException">The container engine does not answer.</exception>
    public async Task<(string Reason, string Message)?> ProblemAsync(ImageReference image, CancellationToken ct)
    {
        var engine = await containers.EngineAsync(ct);
        var found = await engine.FindImageAsync(image.ToString(), ct);
        if (found is null && image.IsLocal)
            return (RunRecord.ImageNeverPull, $"The image {image.Digest.Short} is no longer in this machine's store, and no registry is set that would hold it. It is looked at now and built again where it was built; 'gitops-triggers status' shows how that stands. Keep it from being pruned.");
        if (found is null)
        {
            try
            {
                await engine.PullAsync(image.ToString(), ct);
            }
            catch (ContainerException e) when (e.Kind != ContainerFailureKind.Engine)
            {
                return (RunReasons.ImagePull, e.Message);
            }
            found = await engine.FindImageAsync(image.ToString(), ct);
        }
        return UserProblem(found?.User ?? "") is { } problem ? (RunReasons.Configuration, problem) : null;
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
}
