namespace GitOps.Triggers.Containers;

/// <summary>What helps podman on machines where it does not start containers by itself, the least first.</summary>
internal static class ProbeSettings
{
    // Podman raises a container's limits as far as a whole machine allows. Where the engine itself is confined, in a container or a small
    // virtual machine, the kernel refuses that.
    private const string LoweredLimits = "[containers]\ndefault_ulimits = [\"nofile=1024:1024\", \"nproc=1024:1024\"]\n";

    // Where cgroups v1 and v2 are mixed, crun gives up and runc does not.
    private const string OtherRuntime = "[engine]\nruntime = \"runc\"\n";

    public static IReadOnlyList<string> All { get; } = [LoweredLimits, OtherRuntime, LoweredLimits + OtherRuntime];

    /// <summary>Where podman reads them: the file that CONTAINERS_CONF names, which stands in for all others, or a file of its own beside the system's or the user's.</summary>
    public static string FileFor(string? containersConf, bool root)
    {
        if (containersConf is { Length: > 0 })
            return containersConf;
        var folder = root ? "/etc" : Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData);
        return Path.Combine(folder, "containers", "containers.conf.d", "gitops-triggers.conf");
    }
}
