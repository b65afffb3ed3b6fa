using System.Globalization;
using k8s.Models;

namespace GitOps.Triggers.Runs;

/// <summary>Tells an older state of an object from a newer one, where the same or an old one is told again.</summary>
/// <seealso href="https://kubernetes.io/docs/reference/using-api/api-concepts/#resource-versions"/>
internal static class ResourceVersion
{
    public static long Read(V1ObjectMeta metadata) =>
        long.TryParse(metadata.ResourceVersion, NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : long.MaxValue;
}
