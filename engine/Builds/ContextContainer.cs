using GitOps.Triggers.Domain;
using k8s.Models;

namespace GitOps.Triggers.Builds;

/// <summary>The container that fetches a build's context from the engine, checks it, and unpacks it for the next one.</summary>
internal static class ContextContainer
{
    public const string Name = "context";

    /// <summary>In the Secret: the body that is posted.</summary>
    public const string TokenKey = "token";

    public const string TokenVolume = "token";
    public const string ContextVolume = "context";

    private const string TokenFolder = "/token";

    /// <summary>
    /// The token goes from its file into the request's body, and so stands in no command line and no variable. An engine that is being started again is
    /// waited for. Nothing is unpacked before it is known to be what the engine packed.
    /// </summary>
    private const string Script = """
        set -eu
        cd /workspace
        tries=0
        until wget -q -O context.tar --post-file /token/token "$CONTEXT_URL"; do
          tries=$((tries + 1))
          if [ "$tries" -ge 60 ]; then
            echo "The context could not be fetched from $CONTEXT_URL: does the builds' namespace reach the engine?"
            exit 1
          fi
          sleep 5
        done
        if ! echo "$CONTEXT_SHA256  context.tar" | sha256sum -c -s; then
          echo "What came from $CONTEXT_URL is not the context: its sha256 differs."
          exit 1
        fi
        tar -x -f context.tar
        rm context.tar
        """;

    public static V1Container Of(ClusterBuild build) => new()
    {
        Name = Name,
        Image = build.Settings.ContextImage,
        ImagePullPolicy = "IfNotPresent",
        Command = ["sh", "-c", VariableReferences.Escape(Script.ReplaceLineEndings("\n"))],
        Env =
        [
            new V1EnvVar { Name = "CONTEXT_URL", Value = AddressOf(build.Settings.EngineUrl, build.Name) },
            new V1EnvVar { Name = "CONTEXT_SHA256", Value = build.ContextHash },
        ],
        Resources = new V1ResourceRequirements
        {
            Requests = Amounts(("cpu", "50m"), ("memory", "32Mi")),
            Limits = Amounts(("memory", "128Mi")),
        },
        SecurityContext = new V1SecurityContext
        {
            // Files are to belong to root, as in a context that Kaniko reads anywhere else.
            RunAsUser = 0,
            AllowPrivilegeEscalation = false,
            Privileged = false,
            ReadOnlyRootFilesystem = true,
            Capabilities = new V1Capabilities { Drop = ["ALL"] },
        },
        VolumeMounts =
        [
            new V1VolumeMount { Name = ContextVolume, MountPath = KanikoArguments.ContextInContainer },
            new V1VolumeMount { Name = TokenVolume, MountPath = TokenFolder, ReadOnlyProperty = true },
        ],
    };

    public static IEnumerable<V1Volume> Volumes(ClusterBuild build, string tokenSecret) =>
    [
        new V1Volume { Name = ContextVolume, EmptyDir = new V1EmptyDirVolumeSource { SizeLimit = new ResourceQuantity($"{(build.Limits.ContextBytes >> 20) * 3}Mi") } },
        new V1Volume { Name = TokenVolume, Secret = new V1SecretVolumeSource { SecretName = tokenSecret, DefaultMode = 256 } },
    ];

    /// <summary>The Secret that a Job's pod waits for.</summary>
    public static string SecretOf(V1Job job) => job.Spec.Template.Spec.Volumes.Single(volume => volume.Name == TokenVolume).Secret.SecretName;

    public static SortedDictionary<string, ResourceQuantity> Amounts(params (string Name, string Value)[] amounts) =>
        new(amounts.ToDictionary(one => one.Name, one => new ResourceQuantity(one.Value)), StringComparer.Ordinal);

    private static string AddressOf(Uri engine, string name) => $"{engine.AbsoluteUri.TrimEnd('/')}/api/builds/{name}/context";
}
