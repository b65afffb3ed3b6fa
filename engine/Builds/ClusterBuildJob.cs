using GitOps.Triggers.Containers;
using k8s.Models;

namespace GitOps.Triggers.Builds;

/// <summary>
/// A build as a Job. One container fetches the context, the next one builds; where the registry asks for credentials, a third one pushes, and the
/// credentials are mounted into that one only: a Dockerfile's steps can read whatever their container can.
/// </summary>
internal static class ClusterBuildJob
{
    /// <summary>Made by the operator, without any right.</summary>
    public const string Account = "gitops-triggers-build";

    public const string ManagedBy = "app.kubernetes.io/managed-by";
    public const string Engine = "gitops-triggers";
    public const string ContextHash = "triggers.gitops/context";

    /// <summary>How long it may wait for a node, an image or its context.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>More than the engine's own patience: it ends what the engine does not.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(2);

    private const int SecondsKept = 3600;

    /// <summary>Selects all builds of an engine.</summary>
    public static string SelectorOf(Uri engine) => $"{ManagedBy}={Engine},{ContainerOwner.Label}={ClusterBuild.EngineOf(engine)},{ContainerKanikoLauncher.BuildLabel}";

    /// <param name="build">What is built.</param>
    /// <param name="tokenSecret">The Secret that holds the context's token; it is made once the Job, its owner, is there.</param>
    public static V1Job Render(ClusterBuild build, string tokenSecret) => new()
    {
        ApiVersion = $"{V1Job.KubeGroup}/{V1Job.KubeApiVersion}",
        Kind = V1Job.KubeKind,
        Metadata = new V1ObjectMeta
        {
            Name = build.Name,
            NamespaceProperty = build.Settings.Namespace,
            Labels = Labels(build),
            Annotations = new SortedDictionary<string, string>(StringComparer.Ordinal)
            {
                [ImageNames.InputHashLabel] = build.Request.Inputs.Hash.Value,
                [ContextHash] = build.ContextHash,
            },
        },
        Spec = new V1JobSpec
        {
            BackoffLimit = 0,
            ActiveDeadlineSeconds = (long)(Patience + build.Limits.BuildTimeout + Grace).TotalSeconds,
            TtlSecondsAfterFinished = SecondsKept,
            Template = new V1PodTemplateSpec { Metadata = new V1ObjectMeta { Labels = Labels(build) }, Spec = Pod(build, tokenSecret) },
        },
    };

    private static SortedDictionary<string, string> Labels(ClusterBuild build) => new(StringComparer.Ordinal)
    {
        [ManagedBy] = Engine,
        ["triggers.gitops/repository"] = build.Request.Repository.Id.Value,
        ["triggers.gitops/trigger"] = build.Request.Trigger.Value,
        [ContainerKanikoLauncher.BuildLabel] = build.Names.Tag,
        [ContainerOwner.Label] = build.Engine,
    };

    private static V1PodSpec Pod(ClusterBuild build, string tokenSecret) => new()
    {
        RestartPolicy = "Never",
        ServiceAccountName = Account,
        AutomountServiceAccountToken = false,
        EnableServiceLinks = false,
        HostNetwork = false,
        HostPID = false,
        HostIPC = false,
        ShareProcessNamespace = false,
        TerminationGracePeriodSeconds = 5,
        SecurityContext = new V1PodSecurityContext { SeccompProfile = new V1SeccompProfile { Type = "RuntimeDefault" } },
        InitContainers = build.PushesApart ? [ContextContainer.Of(build), BuildContainer.Of(build)] : [ContextContainer.Of(build)],
        Containers = [build.PushesApart ? PushContainer.Of(build) : BuildContainer.Of(build)],
        Volumes = [.. ContextContainer.Volumes(build, tokenSecret), .. PushContainer.Volumes(build)],
    };
}
