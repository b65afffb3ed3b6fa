using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Sources;

/// <summary>What a Dockerfile's text alone tells before minutes go into building it.</summary>
internal static class DockerfileCheck
{
    private const int MostNames = 10;

    /// <param name="spec">What the manifest says of the build.</param>
    /// <param name="manifest">The manifest's path.</param>
    /// <param name="dockerfile">It, read.</param>
    /// <param name="mustSetUser">The image may come to run on a cluster: see <see cref="DockerfileUser"/>.</param>
    public static IReadOnlyList<Finding> Run(BuildSpec spec, string manifest, Dockerfile dockerfile, bool mustSetUser)
    {
        if (dockerfile.Stages.Count == 0)
            return [new Finding { File = Shown.Text(spec.Dockerfile), Message = "it has no FROM line.", Fix = "Begin it with FROM and the image to build on." }];
        var last = dockerfile.Last(spec.Target);
        return last >= 0 ? DockerfileUser.Check(dockerfile, last, spec.Dockerfile, mustSetUser) : [NoSuchStage(dockerfile.Stages, spec.Target!, manifest)];
    }

    private static Finding NoSuchStage(IReadOnlyList<DockerfileStage> stages, string target, string manifest)
    {
        var names = stages.Select(stage => stage.Name).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        var others = names.Count > MostNames ? $" or {names.Count - MostNames} others" : "";
        return new Finding
        {
            File = Shown.Text(manifest, 1000),
            Path = "build.target",
            Message = $"the Dockerfile has no stage '{Shown.Text(target)}'.",
            Fix = names.Count > 0 ? $"Name one of: {string.Join(", ", names.Take(MostNames).Select(name => Shown.Text(name)))}{others}." : "Take build.target out, or name the stage: FROM … AS name.",
        };
    }
}
