using System.Security.Cryptography;
using System.Text;
using k8s;
using k8s.Models;

namespace GitOps.Triggers.Deployment;

/// <summary>
/// A mark on each applied CronJob of what it was applied from. It tells, also after a restart, an object that somebody changed (same mark,
/// other content) from one that is to become something else (another mark).
/// </summary>
internal static class AppliedMark
{
    public const string Annotation = "triggers.gitops/applied";

    /// <returns>The same with its mark.</returns>
    public static V1CronJob On(V1CronJob desired)
    {
        var mark = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(KubernetesJson.Serialize(desired))));
        var annotations = new SortedDictionary<string, string>(desired.Metadata.Annotations ?? new Dictionary<string, string>(), StringComparer.Ordinal) { [Annotation] = mark };
        return desired with { Metadata = desired.Metadata with { Annotations = annotations } };
    }

    /// <returns>None when it has no mark.</returns>
    public static string? Of(V1CronJob cronJob) => cronJob.Metadata.Annotations is { } annotations && annotations.TryGetValue(Annotation, out var mark) ? mark : null;
}
