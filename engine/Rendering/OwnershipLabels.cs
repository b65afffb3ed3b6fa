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

    /// <returns>The trigger that an object belongs to; none when it is not this engine's.</returns>
    public static TriggerKey? KeyOf(IDictionary<string, string>? labels) =>
        Value(labels, ManagedBy) == Engine
        && RepositoryId.TryParse(Value(labels, Repository), out var repository)
        && EnvironmentName.TryParse(Value(labels, Environment), out var environment)
        && TriggerName.TryParse(Value(labels, Trigger), out var trigger)
            ? new TriggerKey(repository, environment, trigger)
            : null;

    private static string? Value(IDictionary<string, string>? labels, string label) =>
        labels is not null && labels.TryGetValue(label, out var value) ? value : null;
}
