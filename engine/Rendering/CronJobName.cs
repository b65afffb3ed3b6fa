using System.Security.Cryptography;
using System.Text;
using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Rendering;

/// <summary>
/// The name of a trigger's CronJob: the trigger's own, and a hash of (repository, environment, trigger), so that several repositories
/// and environments can share a namespace. At most 49 characters: Kubernetes allows 52, since the controller appends 11 for a Job's name.
/// </summary>
internal static class CronJobName
{
    private const int HashDigits = 8;

    public static string Of(TriggerKey key) => $"{key.Trigger}-{Hash(key)}";

    // The parts of a key are DNS labels, so its text tells apart whatever differs.
    private static string Hash(TriggerKey key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key.ToString())))[..HashDigits];
}
