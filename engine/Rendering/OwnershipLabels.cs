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
}
