using System.Text.RegularExpressions;

namespace GitOps.Triggers.Runs;

/// <summary>
/// How the values of environment variables reach the container without standing on a command line. Most go through a file, as <c>NAME=value</c>;
/// a file of this kind cannot hold a value of several lines, so such a one goes through the environment of the client that makes the container.
/// There it must not have a name by which that client would itself be changed.
/// </summary>
/// <param name="FileLines">For <c>--env-file</c>.</param>
/// <param name="ClientVariables">For <c>--env NAME</c>.</param>
internal sealed partial record RunEnvironment(IReadOnlyList<string> FileLines, IReadOnlyDictionary<string, string> ClientVariables)
{
    /// <summary>In characters. Longer lines are too long for docker's reader, and longer values for the kernel.</summary>
    private const int LongestValue = 32_768;

    /// <exception cref="SourceException">A value cannot be given to the container.</exception>
    public static RunEnvironment Of(IEnumerable<KeyValuePair<string, string>> variables)
    {
        var lines = new List<string>();
        var client = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in variables)
        {
            Check(name, value);
            if (value.AsSpan().IndexOfAny('\r', '\n') < 0)
                lines.Add($"{name}={value}");
            else if (ReservedPattern().IsMatch(name))
                throw new SourceException($"The variable {name} has a value of several lines, which podman and docker can only take in a way that would change the client itself by that name. Give it one line, another name, or mount it as a file.");
            else
                client[name] = value;
        }
        return new RunEnvironment(lines, client);
    }

    private static void Check(string name, string value)
    {
        if (!NamePattern().IsMatch(name))
            throw new SourceException($"'{Domain.Shown.Text(name)}' cannot be the name of an environment variable: letters, digits, dots, dashes and underscores, no digit first.");
        if (value.Length > LongestValue)
            throw new SourceException($"The value of the variable {name} has {value.Length} characters; at most {LongestValue} fit. Mount it as a file.");
        if (value.Contains('\0', StringComparison.Ordinal))
            throw new SourceException($"The value of the variable {name} holds a NUL, which no environment can. Mount it as a file.");
    }

    [GeneratedRegex(@"\A[A-Za-z_.-][A-Za-z0-9_.-]*\z", RegexOptions.NonBacktracking)]
    private static partial Regex NamePattern();

    /// <summary>What podman, docker, the C library, Go's runtime or their helpers read.</summary>
    [GeneratedRegex(
        @"\A(?:PATH|HOME|USER|LOGNAME|SHELL|TMPDIR|TMP|TEMP|PWD|TERM|TZ|TZDIR|LANG|LANGUAGE|LOCPATH|NLSPATH|HOSTALIASES|RES_OPTIONS|LOCALDOMAIN|NOTIFY_SOCKET|INVOCATION_ID|KUBECONFIG"
        + @"|REGISTRY_AUTH_FILE|[a-z]*_proxy|[A-Z]*_PROXY|_.*"
        + @"|(?:LD|LC|DYLD|XDG|CONTAINER|CONTAINERS|DOCKER|PODMAN|STORAGE|BUILDAH|BUILDKIT|BUILDX|NETAVARK|CNI|OCI|RUNC|CRUN|CONMON|GLIBC|GCONV|MALLOC|SSL|OPENSSL|GNUPG|GPG|SSH|DBUS|SYSTEMD|LISTEN|JOURNAL|OTEL)(?:_.*)?"
        + @"|GO[A-Z0-9_]*|CONTAINER[A-Z0-9_]*)\z",
        RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex ReservedPattern();
}
