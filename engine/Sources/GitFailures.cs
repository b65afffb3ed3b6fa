using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Sources;

/// <summary>Reads what git said when it failed. What the remote says for itself ("remote: …") is left out.</summary>
internal static class GitFailures
{
    private const string NotFound = "Check the URL, and that the token or key may read the repository.";
    private const string Access = "Give it a tokenFile (https) or an sshKeyFile (ssh) that may read it: under repositories in engine.yaml, or by connect.";
    private const string Moved = "Name the repository by its present URL: redirects are not followed, so that no token leaves its host.";
    private const string Wait = "It is tried again.";
    private const string Certificate = "Add its authority to this machine's certificate store. " + Wait;

    private static readonly (string Said, GitFailureKind Kind, string What, string Fix)[] Known =
    [
        ("dubious ownership", GitFailureKind.Refused, "the folder belongs to another user of this machine, whose configuration git would obey",
            "Give the folder to the engine's user, or, if its owner is trusted, run as the engine's user: git config --global --add safe.directory FOLDER."),
        ("UNPROTECTED PRIVATE KEY FILE", GitFailureKind.Refused, "the ssh key file can be read by others", "Run chmod 600 on the sshKeyFile."),
        ("Host key verification failed", GitFailureKind.Refused, "the host's ssh key is not the one known",
            "If the host has changed its key, remove its old one from known_hosts in the engine's data folder and in ~/.ssh."),
        ("Permission denied (", GitFailureKind.Refused, "the host refused access by ssh", Access),
        ("could not read Username", GitFailureKind.Refused, "the host refused access", Access),
        ("could not read Password", GitFailureKind.Refused, "the host refused access", Access),
        ("Authentication failed", GitFailureKind.Refused, "the host refused access", Access),
        ("returned error: 401", GitFailureKind.Refused, "the host refused access", Access),
        ("returned error: 403", GitFailureKind.Refused, "the host refused access", Access),
        ("returned error: 30", GitFailureKind.Refused, "the host redirects to another address", Moved),
        ("returned error: 404", GitFailureKind.Refused, "not found", NotFound),
        ("' not found", GitFailureKind.Refused, "not found", NotFound),
        ("Repository not found", GitFailureKind.Refused, "not found", NotFound),
        ("does not appear to be a git repository", GitFailureKind.Refused, "not found", NotFound),
        ("mismatched algorithms", GitFailureKind.Refused, "the repository uses SHA-256 object ids", "Convert it to SHA-1 object ids: LibGit2Sharp reads no others yet."),
        ("attempting to allocate", GitFailureKind.TooLarge, "it holds an object that git would need more than 1 GiB of memory for", "Take it out of the history, or keep the triggers in a repository of their own."),
        ("No space left on device", GitFailureKind.Unreachable, "the disk with the engine's data folder is full", "Make room. " + Wait),
        ("certificate verification failed", GitFailureKind.Unreachable, "the host's certificate is not trusted", Certificate),
        ("SSL certificate problem", GitFailureKind.Unreachable, "the host's certificate is not trusted", Certificate),
        ("Could not resolve host", GitFailureKind.Unreachable, "the host's name cannot be resolved", Wait),
        ("Failed to connect", GitFailureKind.Unreachable, "the host does not answer", Wait),
        ("ssh: connect to host", GitFailureKind.Unreachable, "the host does not answer", Wait),
        ("returned error: 429", GitFailureKind.Unreachable, "the host asks us to slow down", Wait),
        ("returned error: 5", GitFailureKind.Unreachable, "the host has a fault", Wait),
    ];

    public static GitFailure Read(ConnectedRepository repository, GitResult result, IReadOnlyList<string> secrets)
    {
        var lines = result.Errors.Split('\n').Where(line => !line.StartsWith("remote:", StringComparison.Ordinal)).ToList();
        var said = Masked(lines.Find(line => line.StartsWith("fatal:", StringComparison.Ordinal)) ?? lines.Find(line => line.Length > 0), secrets);
        foreach (var known in Known)
        {
            if (lines.Exists(line => line.Contains(known.Said, StringComparison.Ordinal)))
                return new GitFailure(known.Kind, $"{Named(repository)}: {known.What} ({said}).", known.Fix);
        }
        return new GitFailure(GitFailureKind.Unclear, $"{Named(repository)}: git failed ({said}).", Wait);
    }

    public static GitFailure TimedOut(ConnectedRepository repository, TimeSpan limit) => new(
        GitFailureKind.Unreachable, $"{Named(repository)}: not fetched within {Duration.Format(limit)}, the engine's limits.fetchTimeout.", Wait);

    public static GitFailure TooLarge(ConnectedRepository repository, long limit) => new(
        GitFailureKind.TooLarge, $"{Named(repository)}: larger than the limit of {limit >> 20} MiB for one repository.",
        "Take large files out of its history, keep the triggers in a repository of their own, or have limits.repositorySize raised.");

    public static GitFailure TooManyBranches(ConnectedRepository repository) => new(
        GitFailureKind.Refused, $"{Named(repository)}: lists more branches than the engine reads.", "Delete branches that are no longer needed.");

    public static GitFailure Unreadable(ConnectedRepository repository, string reason) => new(
        GitFailureKind.Refused, $"{Named(repository)}: an object in it cannot be read ({Shown.Text(reason)}).", "Run git fsck in the repository and mend what it names.");

    public static GitFailure NoGit() => new(GitFailureKind.Unreachable, "there is no git command on this machine.", "Install git 2.31 or later. " + Wait);

    public static string Named(ConnectedRepository repository) => $"repository '{Shown.Text(repository.Name)}' ({repository.Url})";

    private static string Masked(string? line, IReadOnlyList<string> secrets) =>
        Shown.Text(secrets.Aggregate(line?.Trim() ?? "no reason given", (text, secret) => text.Replace(secret, "***", StringComparison.Ordinal)), 200);
}
