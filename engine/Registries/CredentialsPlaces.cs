namespace GitOps.Triggers.Registries;

/// <summary>The files in which podman and docker keep the logins of this user. Source: containers-auth.json(5) and docker's own documentation.</summary>
internal static class CredentialsPlaces
{
    /// <summary>Where an operator puts the authority of a registry, for all users of the machine.</summary>
    public const string Certificates = "/etc/containers/certs.d";

    /// <param name="variable">The process's variables.</param>
    /// <returns>In the order in which they count.</returns>
    public static IReadOnlyList<string> OfUser(Func<string, string?> variable)
    {
        if (variable("REGISTRY_AUTH_FILE") is { Length: > 0 } named)
            return [named];
        return
        [
            variable("XDG_RUNTIME_DIR") is { Length: > 0 } runtime ? Path.Combine(runtime, "containers/auth.json") : $"/run/containers/{UserId()}/auth.json",
            Path.Combine(ConfigurationFolder(variable), "containers/auth.json"),
            Path.Combine(variable("DOCKER_CONFIG") is { Length: > 0 } docker ? docker : Path.Combine(Home(variable), ".docker"), "config.json"),
        ];
    }

    /// <summary>Folders with a folder for each registry, with the authorities (<c>*.crt</c>) by which it may be known.</summary>
    public static IReadOnlyList<string> OfCertificates(Func<string, string?> variable) =>
        [Path.Combine(ConfigurationFolder(variable), "containers/certs.d"), Certificates, "/etc/docker/certs.d"];

    private static string ConfigurationFolder(Func<string, string?> variable) =>
        variable("XDG_CONFIG_HOME") is { Length: > 0 } configuration ? configuration : Path.Combine(Home(variable), ".config");

    private static string Home(Func<string, string?> variable) =>
        variable("HOME") is { Length: > 0 } home ? home : Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);

    private static string UserId()
    {
        const string Line = "Uid:";
        const string Status = "/proc/self/status";
        var uid = File.Exists(Status) ? File.ReadLines(Status).FirstOrDefault(line => line.StartsWith(Line, StringComparison.Ordinal)) : null;
        return uid?[Line.Length..].Split('\t', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)[0] ?? "0";
    }
}
