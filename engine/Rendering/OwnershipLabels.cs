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

    public static IDictionary<string, string> Of(TriggerKey key) => new SortedDictionary<string, string>(Of(key.Work), StringComparer.Ordinal) { [Trigger] = key.Trigger.Value };

    /// <summary>Of what all triggers of an environment share.</summary>
    public static IDictionary<string, string> Of(WorkKey key) => new SortedDictionary<string, string>(Of(key.Repository), StringComparer.Ordinal) { [Environment] = key.Environment.Value };

    /// <summary>Of what all environments of a repository share.</summary>
    public static IDictionary<string, string> Of(RepositoryId repository) => new SortedDictionary<string, string>(StringComparer.Ordinal)
    {
        [ManagedBy] = Engine,
        [Repository] = repository.Value,
    };

    /// <summary>As a selector for lists and watches: whatever the engine made for an environment.</summary>
    public static string Selector(EnvironmentName environment) => $"{ManagedBy}={Engine},{Environment}={environment}";

    /// <summary>Whether all of these are among an object's labels.</summary>
    public static bool Match(IDictionary<string, string> owner, IDictionary<string, string>? labels) =>
        owner.All(label => labels is not null && labels.TryGetValue(label.Key, out var value) && value == label.Value);

    /// <returns>Whose trigger an object is; none when its labels do not say so.</returns>
    public static TriggerKey? KeyOf(IDictionary<string, string>? labels) =>
        labels is not null && labels.TryGetValue(ManagedBy, out var engine) && engine == Engine
        && labels.TryGetValue(Repository, out var repository) && RepositoryId.TryParse(repository, out var id)
        && labels.TryGetValue(Environment, out var environment) && EnvironmentName.TryParse(environment, out var name)
        && labels.TryGetValue(Trigger, out var trigger) && TriggerName.TryParse(trigger, out var parsed)
            ? new TriggerKey(id, name, parsed)
            : null;
}
