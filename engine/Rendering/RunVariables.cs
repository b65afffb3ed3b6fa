using GitOps.Triggers.Domain;
using k8s.Models;

namespace GitOps.Triggers.Rendering;

/// <summary>
/// The environment variables of a run: the manifest's in ordinal order, then the engine's own, which nothing in a manifest can replace.
/// <see cref="ScheduledTime"/> and <see cref="Attempt"/> differ from run to run and a pod cannot learn them from Kubernetes
/// (the scheduled time is an annotation of the Job, not of its pods): whoever starts a run sets them, where it can.
/// </summary>
internal static class RunVariables
{
    public const string TriggerName = "TRIGGER_NAME";
    public const string TriggerEnvironment = "TRIGGER_ENVIRONMENT";
    public const string Commit = "TRIGGER_COMMIT";

    /// <summary>The Job's name, which is the run's id; by the downward API.</summary>
    public const string RunId = "TRIGGER_RUN_ID";

    /// <summary>RFC 3339, UTC; not rendered.</summary>
    public const string ScheduledTime = "TRIGGER_SCHEDULED_TIME";

    /// <summary>From 1; not rendered.</summary>
    public const string Attempt = "TRIGGER_ATTEMPT";

    /// <summary>Where <see cref="RunId"/> comes from: a label that Kubernetes puts on every pod of a Job.</summary>
    public const string RunIdField = "metadata.labels['batch.kubernetes.io/job-name']";

    private static readonly HashSet<string> Own = new(StringComparer.Ordinal) { TriggerName, TriggerEnvironment, Commit, RunId, ScheduledTime, Attempt };

    public static IEnumerable<V1EnvVar> Of(RenderInput input) =>
    [
        .. input.Spec.Run.Env.Where(variable => !Own.Contains(variable.Key)).OrderBy(variable => variable.Key, StringComparer.Ordinal).Select(variable => FromManifest(variable.Key, variable.Value)),
        new V1EnvVar { Name = Commit, Value = input.Commit.Value },
        new V1EnvVar { Name = TriggerEnvironment, Value = input.Environment.Name.Value },
        new V1EnvVar { Name = TriggerName, Value = input.Manifest.Name.Value },
        new V1EnvVar { Name = RunId, ValueFrom = new V1EnvVarSource { FieldRef = new V1ObjectFieldSelector { ApiVersion = "v1", FieldPath = RunIdField } } },
    ];

    private static V1EnvVar FromManifest(string name, EnvironmentValue value) => value switch
    {
        EnvironmentValue.Literal literal => new() { Name = name, Value = VariableReferences.Escape(literal.Value) },
        EnvironmentValue.From { Source: var source } => new() { Name = name, ValueFrom = FromSource(source) },
        _ => throw new ArgumentOutOfRangeException(nameof(value), value, "No such kind of value."),
    };

    private static V1EnvVarSource FromSource(KeySource source) => source.Kind switch
    {
        KeySourceKind.Secret => new() { SecretKeyRef = new V1SecretKeySelector { Name = source.Name, Key = source.Key, Optional = false } },
        KeySourceKind.Config => new() { ConfigMapKeyRef = new V1ConfigMapKeySelector { Name = source.Name, Key = source.Key, Optional = false } },
        _ => throw new ArgumentOutOfRangeException(nameof(source), source.Kind, "No such kind of source."),
    };
}
