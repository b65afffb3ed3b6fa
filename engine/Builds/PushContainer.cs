using k8s.Models;

namespace GitOps.Triggers.Builds;

/// <summary>The container that pushes what another one has built, and alone has the registry's credentials.</summary>
internal static class PushContainer
{
    public const string Name = "push";

    private const string CredentialsVolume = "registry";
    private const string CredentialsFolder = "/registry";
    private const string CredentialsFile = "config.json";

    public static V1Container Of(ClusterBuild build) => new()
    {
        Name = Name,
        Image = build.Settings.PushImage,
        ImagePullPolicy = "IfNotPresent",
        Command = ["skopeo"],
        Args =
        [
            // The archive is signed by nobody; whether an image may run is decided where it is pulled.
            "--insecure-policy", "copy", "--retry-times", "2", "--dest-authfile", $"{CredentialsFolder}/{CredentialsFile}",
            .. build.Registry.PlainHttp ? ["--dest-tls-verify=false"] : Array.Empty<string>(),
            "--digestfile", BuildContainer.TerminationLog, $"docker-archive:{BuildContainer.ArchiveFile}", $"docker://{build.Destination}",
        ],
        TerminationMessagePath = BuildContainer.TerminationLog,
        TerminationMessagePolicy = "File",
        Resources = new V1ResourceRequirements
        {
            Requests = ContextContainer.Amounts(("cpu", "50m"), ("memory", "64Mi")),
            Limits = ContextContainer.Amounts(("memory", "512Mi")),
        },
        SecurityContext = new V1SecurityContext
        {
            // The archive belongs to root.
            RunAsUser = 0,
            AllowPrivilegeEscalation = false,
            Privileged = false,
            ReadOnlyRootFilesystem = true,
            Capabilities = new V1Capabilities { Drop = ["ALL"] },
        },
        VolumeMounts =
        [
            new V1VolumeMount { Name = BuildContainer.ImageVolume, MountPath = BuildContainer.ImageFolder, ReadOnlyProperty = true },
            new V1VolumeMount { Name = CredentialsVolume, MountPath = CredentialsFolder, ReadOnlyProperty = true },
        ],
    };

    public static IEnumerable<V1Volume> Volumes(ClusterBuild build) => build.Settings.PushSecret is not { } secret ? [] :
    [
        new V1Volume { Name = BuildContainer.ImageVolume, EmptyDir = new V1EmptyDirVolumeSource { SizeLimit = new ResourceQuantity($"{build.Limits.BuildDisk >> 20}Mi") } },
        new V1Volume
        {
            Name = CredentialsVolume,
            Secret = new V1SecretVolumeSource { SecretName = secret, DefaultMode = 256, Items = [new V1KeyToPath { Key = ".dockerconfigjson", Path = CredentialsFile }] },
        },
    ];
}
