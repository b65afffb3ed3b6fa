namespace GitOps.Triggers.Containers;

/// <summary>Reads the messages of podman, docker and Kaniko, which have no error codes.</summary>
internal static class ContainerFailures
{
    // In this order: "permission denied" of the engine's socket is no refusal of a registry, and a registry's answer is no outage.
    private static readonly (ContainerFailureKind Kind, string[] Signs)[] Known =
    [
        (ContainerFailureKind.Engine, [
            "cannot connect to the docker daemon", "is the docker daemon running", "docker.sock", "podman.sock", "cannot connect to podman",
            "oci permission denied", "oci runtime", "runc create failed", "error running container", "crun:", "database is locked", "cannot allocate memory",
            "resource temporarily unavailable"]),
        (ContainerFailureKind.Storage, ["no space left on device", "disk quota exceeded", "read-only file system", "input/output error", "too many open files"]),
        (ContainerFailureKind.Denied, ["unauthorized", "authentication required", "access denied", "access to the resource is denied", ": denied:", "403 (forbidden)", "status code 403", "no basic auth credentials"]),
        (ContainerFailureKind.NotFound, [
            "manifest unknown", "manifest_unknown", "name unknown", "name_unknown", "repository name not known", "no such image", "no such manifest",
            "image not known", "image not found", "failed to find image", "repository does not exist", "did not resolve to an alias", "could not parse reference",
            "invalid reference format", "no such object", ": not found"]),
        (ContainerFailureKind.Network, [
            "no such host", "connection refused", "i/o timeout", "handshake timeout", "network is unreachable", "no route to host", "connection reset",
            "connection timed out", "temporary failure in name resolution", "server misbehaving", "unexpected eof", ": eof", "toomanyrequests", "too many requests",
            "status code 5", "500 internal server error", "502 bad gateway", "503 service unavailable", "504 gateway", "context deadline exceeded",
            "client.timeout", "tls: ", "x509: ", "server gave http response to https client"]),
    ];

    public static ContainerFailureKind Classify(string message)
    {
        foreach (var (kind, signs) in Known)
        {
            if (signs.Any(sign => message.Contains(sign, StringComparison.OrdinalIgnoreCase)))
                return kind;
        }
        return ContainerFailureKind.Other;
    }

    /// <summary>What went wrong, as a sentence, and what to do.</summary>
    public static string WithAdvice(string problem, ContainerFailureKind kind) =>
        Advice(kind) is { Length: > 0 } advice ? $"{problem}{(problem is [.., '.' or '!' or '?' or '…'] ? "" : ".")} {advice}" : problem;

    /// <summary>What to do, in a sentence; empty when only the message itself can say it.</summary>
    private static string Advice(ContainerFailureKind kind) => kind switch
    {
        ContainerFailureKind.Engine => "Run 'gitops-triggers doctor': it tries a container on this machine and says what to set.",
        ContainerFailureKind.Network => "Look whether this machine reaches the registry, and whether the registry speaks TLS that this machine trusts.",
        ContainerFailureKind.NotFound => "Look whether the image's name, tag or digest is right and the registry still holds it.",
        ContainerFailureKind.Denied => "Log in as the engine's user: 'podman login' or 'docker login' for that registry.",
        ContainerFailureKind.Storage => "Make room on the disk of the container store and of the data folder.",
        _ => "",
    };
}
