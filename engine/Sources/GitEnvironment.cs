using System.Collections;
using System.Globalization;
using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Sources;

/// <summary>
/// The environment of a git command: nothing of the caller's repository, no prompts, no hooks, no credentials but ours,
/// one protocol. Settings travel as <c>GIT_CONFIG_*</c>, which no list of processes shows.
/// The operator's own system and user configuration stays in force for what is theirs: proxies and certificate authorities.
/// </summary>
internal static class GitEnvironment
{
    private static readonly string[] Inherited =
    [
        "GIT_CONFIG_GLOBAL", "GIT_CONFIG_NOSYSTEM", "GIT_CONFIG_SYSTEM", "GIT_EXEC_PATH", "GIT_PROXY_SSL_CAINFO", "GIT_SSL_CAINFO", "GIT_SSL_CAPATH",
    ];

    /// <summary>
    /// What git may take of memory at once. An object of a few hundred bytes can say of itself that it is made of another one a thousand times over, and git makes
    /// it in memory; with this it gives up instead, before the machine does.
    /// </summary>
    private const string LargestObject = "1g";

    private static readonly (string Key, string Value)[] Always =
    [
        ("core.askPass", ""),
        ("core.bigFileThreshold", "16m"), // a large blob is streamed to disk, never held in memory
        ("core.hooksPath", "/dev/null"),
        ("credential.helper", ""),
        ("fetch.recurseSubmodules", "false"),
        ("fetch.unpackLimit", "1"), // packs only: what arrives compressed stays so
        ("gc.auto", "0"),
        ("http.followRedirects", "false"),
        ("maintenance.auto", "false"),
        ("protocol.allow", "never"),
        ("submodule.recurse", "false"),
    ];

    public static IReadOnlyDictionary<string, string?> For(string gitFolder, RepositoryUrl url, GitAccess access)
    {
        var environment = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (DictionaryEntry inherited in Environment.GetEnvironmentVariables())
        {
            if (inherited.Key is string name && name.StartsWith("GIT_", StringComparison.Ordinal) && !Inherited.Contains(name))
                environment[name] = null;
        }
        environment["GIT_DIR"] = gitFolder;
        environment["GIT_ASKPASS"] = "";
        environment["GIT_TERMINAL_PROMPT"] = "0";
        environment["GIT_ALLOC_LIMIT"] = LargestObject;
        environment["LC_ALL"] = "C"; // messages are read by GitFailures
        if (access.SshCommand is { } ssh)
            (environment["GIT_SSH_COMMAND"], environment["GIT_SSH_VARIANT"]) = (ssh, "ssh");
        AddSettings(environment, [.. Always, ($"protocol.{new Uri(url.Value).Scheme}.allow", "always"), .. access.Settings]);
        return environment;
    }

    private static void AddSettings(Dictionary<string, string?> environment, IReadOnlyList<(string Key, string Value)> settings)
    {
        environment["GIT_CONFIG_COUNT"] = settings.Count.ToString(CultureInfo.InvariantCulture);
        for (var i = 0; i < settings.Count; i++)
        {
            environment[string.Create(CultureInfo.InvariantCulture, $"GIT_CONFIG_KEY_{i}")] = settings[i].Key;
            environment[string.Create(CultureInfo.InvariantCulture, $"GIT_CONFIG_VALUE_{i}")] = settings[i].Value;
        }
    }
}
