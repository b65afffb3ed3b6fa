using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Rendering;

/// <summary>How an object, its Jobs and their pods are known as this engine's, and whose trigger they are. All values are DNS labels.</summary>
internal static class OwnershipLabels
{
    public const string ManagedBy = "app.kubernetes.io/managed-by";
    public const string Engine = "gitops-triggers";
    public const string Repository = "triggers.gitops/repository";
    public const string Environment = "triggers.gitops/environment";
    public const string Trigger = "triggers.gitops/trigger";

    public static IDictionary<string, string> Of(TriggerKey key) => new SortedDictionary<string, string>(StringComparer.Ordinal)
    {
        [ManagedBy] = Engine,
        [Repository] = key.Repository.Value,
        [Environment] = key.Environment.Value,
        [Trigger] = key.Trigger.Value,
    };

    /// <summary>As a selector for lists and watches: whatever the engine made for an environment.</summary>
    public static string Selector(EnvironmentName environment) => $"{ManagedBy}={Engine},{Environment}={environment}";

    /// <returns>Whose trigger an object is; none when its labels do not say so.</returns>
    public static TriggerKey? KeyOf(IDictionary<string, string>? labels) =>
        labels is not null && labels.TryGetValue(ManagedBy, out var engine) && engine == Engine
        && labels.TryGetValue(Repository, out var repository) && RepositoryId.TryParse(repository, out var id)
        && labels.TryGetValue(Environment, out var environment) && EnvironmentName.TryParse(environment, out var name)
        && labels.TryGetValue(Trigger, out var trigger) && TriggerName.TryParse(trigger, out var parsed)
            ? new TriggerKey(id, name, parsed)
            : null;
}
