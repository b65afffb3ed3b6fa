using System.Globalization;
using GitOps.Triggers.Domain;
using k8s.Models;

namespace GitOps.Triggers.Builds;

/// <summary>The container in which Kaniko builds, on a cluster. It gets the context to read and limits, and no credential of anybody.</summary>
internal static class BuildContainer
{
    public const string Name = "build";
    public const string ImageVolume = "image";
    public const string ImageFolder = "/image";
    public const string ArchiveFile = "/image/image.tar";

    /// <summary>Of the default path: what is written there becomes the container's termination message.</summary>
    public const string TerminationLog = "/dev/termination-log";

    public static V1Container Of(ClusterBuild build) => new()
    {
        Name = Name,
        Image = build.KanikoImage,
        ImagePullPolicy = "IfNotPresent",
        Args = [.. Arguments(build).Select(VariableReferences.Escape)],
        TerminationMessagePath = TerminationLog,
        TerminationMessagePolicy = "File",
        Resources = new V1ResourceRequirements
        {
            Requests = ContextContainer.Amounts(("cpu", "250m"), ("memory", "256Mi"), ("ephemeral-storage", $"{Math.Min(1L << 30, build.Limits.BuildDisk) >> 20}Mi")),
            Limits = ContextContainer.Amounts(
                ("cpu", build.Limits.BuildCpus.ToString(CultureInfo.InvariantCulture)), ("memory", Memory(build.Limits.BuildMemory)), ("ephemeral-storage", $"{build.Limits.BuildDisk >> 20}Mi")),
        },
        SecurityContext = new V1SecurityContext
        {
            RunAsUser = 0,
            AllowPrivilegeEscalation = false,
            Privileged = false,
            Capabilities = new V1Capabilities { Drop = ["ALL"], Add = [.. KanikoContainer.Capabilities] },
        },
        VolumeMounts =
        [
            new V1VolumeMount { Name = ContextContainer.ContextVolume, MountPath = KanikoArguments.ContextInContainer, ReadOnlyProperty = true },
            .. build.PushesApart ? [new V1VolumeMount { Name = ImageVolume, MountPath = ImageFolder }] : Array.Empty<V1VolumeMount>(),
        ],
    };

    private static IReadOnlyList<string> Arguments(ClusterBuild build) => new KanikoArguments
    {
        Spec = build.Request.Inputs.Spec,
        Hash = build.Request.Inputs.Hash,
        Context = $"{KanikoArguments.ContextInContainer}/{ContextArchive.ContextFolder}",
        Dockerfile = $"{KanikoArguments.ContextInContainer}/{ContextArchive.DockerfileOf(build.Request)}",
        Destination = build.Destination,
        Archive = build.PushesApart ? ArchiveFile : null,
        DigestFile = build.PushesApart ? null : TerminationLog,
        Cache = build.Settings.Cache,
        PlainHttpHost = build.Registry.PlainHttp ? build.Registry.Host : null,
        Platform = build.Request.Platform,
    }.ToList();

    /// <summary>The limits' form is docker's, in which <c>2g</c> means what <c>2Gi</c> means here.</summary>
    private static string Memory(string docker) => char.ToLowerInvariant(docker[^1]) switch
    {
        'b' => docker[..^1],
        'k' => docker[..^1] + "Ki",
        'm' => docker[..^1] + "Mi",
        'g' => docker[..^1] + "Gi",
        _ => docker,
    };
}
