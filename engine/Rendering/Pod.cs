using GitOps.Triggers.Domain;
using k8s.Models;

namespace GitOps.Triggers.Rendering;

/// <summary>The pod of a run, as Pod Security's <c>restricted</c> profile demands and a little tighter.</summary>
internal static class Pod
{
    /// <summary>The one container's name.</summary>
    public const string ContainerName = "trigger";

    private const string TemporaryVolume = "tmp";
    private const string TemporaryFolder = "/tmp";
    private const string TemporarySize = "256Mi";

    public static V1PodSpec Of(RenderInput input)
    {
        var files = MountedFiles.Of(input.Spec.Run.Files);
        return new V1PodSpec
        {
            RestartPolicy = "Never",
            ServiceAccountName = EnvironmentObjects.RunAccount,
            AutomountServiceAccountToken = false,
            EnableServiceLinks = false,
            HostNetwork = false,
            HostPID = false,
            HostIPC = false,
            ShareProcessNamespace = false,
            TerminationGracePeriodSeconds = 30,
            SecurityContext = new V1PodSecurityContext
            {
                RunAsNonRoot = true,
                SeccompProfile = new V1SeccompProfile { Type = "RuntimeDefault" },
            },
            Containers = [Container(input, files)],
            Volumes =
            [
                new V1Volume { Name = TemporaryVolume, EmptyDir = new V1EmptyDirVolumeSource { SizeLimit = new ResourceQuantity(TemporarySize) } },
                .. files.Volumes,
            ],
        };
    }

    private static V1Container Container(RenderInput input, MountedFiles files) => new()
    {
        Name = ContainerName,
        Image = input.Image.ToString(),
        ImagePullPolicy = "IfNotPresent",
        Command = [.. input.Spec.Run.Command.Select(VariableReferences.Escape)],
        Args = [.. input.Spec.Run.Args.Select(VariableReferences.Escape)],
        Env = [.. RunVariables.Of(input)],
        Resources = Resources(input),
        SecurityContext = new V1SecurityContext
        {
            AllowPrivilegeEscalation = false,
            Privileged = false,
            ReadOnlyRootFilesystem = true,
            RunAsNonRoot = true,
            Capabilities = new V1Capabilities { Drop = ["ALL"] },
        },
        VolumeMounts =
        [
            new V1VolumeMount { Name = TemporaryVolume, MountPath = TemporaryFolder, ReadOnlyProperty = false },
            .. files.Mounts,
        ],
    };

    /// <summary>
    /// Memory is a limit, since it cannot be given back. Processor time is a share without a limit: what others leave idle may be used,
    /// and a job whose start needs more than its share is not slowed down for nothing.
    /// </summary>
    private static V1ResourceRequirements Resources(RenderInput input) => new()
    {
        Requests = new SortedDictionary<string, ResourceQuantity>(StringComparer.Ordinal)
        {
            ["cpu"] = new(input.Spec.Run.Cpu.Text),
            ["memory"] = new(input.Spec.Run.Memory.Text),
        },
        Limits = new SortedDictionary<string, ResourceQuantity>(StringComparer.Ordinal)
        {
            ["memory"] = new(input.Spec.Run.Memory.Text),
        },
    };
}
