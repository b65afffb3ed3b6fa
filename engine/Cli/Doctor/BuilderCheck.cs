using GitOps.Triggers.Builds;
using GitOps.Triggers.Containers;
using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Cli;

/// <summary>What will build images, as far as that can be said without pulling one: a doctor does not wait for a network.</summary>
internal static class BuilderCheck
{
    /// <summary>Asked in any case, also beside an engine that runs: what it lacks on the cluster it learns at its next build only.</summary>
    public static async Task<DoctorLine> OnClusterAsync(ClusterBuilderSettings settings, TimeProvider time, CancellationToken ct)
    {
        var (message, fix) = await ClusterBuildRights.LookAsync(settings, time, ct);
        return fix is null ? DoctorLine.Ok("builds", message) : DoctorLine.Fail("builds", message, fix);
    }

    /// <summary>They run with the right to push, or decide what is built: a tag may be given to another image at any time.</summary>
    public static DoctorLine Images(BuilderSettings builder, ClusterBuilderSettings settings)
    {
        var byTag = new[] { ("kanikoImage", builder.KanikoImage), ("contextImage", settings.ContextImage), ("pushImage", settings.PushSecret is null ? null : settings.PushImage) }
            .Where(image => image.Item2?.Contains('@', StringComparison.Ordinal) == false).Select(image => $"{image.Item1}: {image.Item2}").ToList();
        return byTag.Count == 0
            ? DoctorLine.Ok("build images", "named by digest")
            : DoctorLine.Warn("build images", $"By a tag, which may become another image: {string.Join(", ", byTag)}.", "Name each by the digest that you have looked at: registry.example.com/kaniko@sha256:…");
    }

    public static async Task<DoctorLine> RunAsync(BuilderSettings settings, ContainerEngineLocator engines, CancellationToken ct)
    {
        if ((await engines.SearchAsync(ct)).Engine is not { } engine)
            return DoctorLine.Fail("builder", "Without a container engine nothing can be built.", "Install podman, or start docker.");
        if (settings.Kind == BuilderKind.Local)
            return DoctorLine.Ok("builder", $"{engine.Name} build, since builder.kind is local");
        var isHere = await engine.FindImageAsync(settings.KanikoImage, ct) is not null;
        return (isHere, settings.Kind) switch
        {
            (true, _) => DoctorLine.Ok("builder", $"kaniko ({engine.Name}): its image {settings.KanikoImage} is here"),
            (_, BuilderKind.Kaniko) => DoctorLine.Warn("builder", $"Kaniko's image {settings.KanikoImage} is not here; the first build pulls it.", $"{engine.Name} pull {settings.KanikoImage}"),
            _ => DoctorLine.Ok("builder", $"kaniko ({engine.Name}) if its image {settings.KanikoImage} can be pulled, else {engine.Name} build"),
        };
    }
}
