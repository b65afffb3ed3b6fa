namespace GitOps.Triggers.Containers;

/// <summary>
/// Keeps a container away from the cloud's metadata service, which tells whoever connects to it the credentials of this machine: a rule in the container's own
/// network, before its program begins. Taking the rule away needs rights that no build and no run has.
/// </summary>
internal static class MetadataHook
{
    /// <summary>At which the metadata service of most clouds answers.</summary>
    public const string Address = "169.254.169.254";

    /// <summary>In the container's network, while the machine's files are still to be seen.</summary>
    public const string Stage = "createContainer";

    private static readonly string[] Places = ["/usr/sbin/ip", "/sbin/ip", "/usr/bin/ip", "/bin/ip"];

    /// <summary>Whether this machine has what the hook calls.</summary>
    public static bool HasTools => Places.Any(File.Exists);

    /// <summary>
    /// By protocol rather than by route, since on some clouds the same address answers names by UDP; by route where the kernel has no such rules. A container in the
    /// machine's own network is let alone: the rule would be the machine's. What is refused besides are the services that have a container's role, other clouds', and
    /// those by IPv6, which not every network has.
    /// </summary>
    public static string Script() => $$"""
        [ "$(readlink /proc/self/ns/net)" != "{{new FileInfo("/proc/self/ns/net").LinkTarget}}" ] || exit 0
        refuse() { ip $1 rule add to $2 ipproto tcp prohibit 2>/dev/null || ip $1 route add prohibit $2 2>/dev/null; }
        refuse -4 {{Address}} || { echo 'the cloud metadata service could not be kept away; with allowCloudMetadata: true it is let be' >&2; exit 1; }
        for address in 169.254.170.2 169.254.170.23 100.100.100.200; do refuse -4 $address; done
        for address in fd00:ec2::254 fd00:ec2::23 fd20:ce::254; do refuse -6 $address; done
        exit 0
        """;
}
