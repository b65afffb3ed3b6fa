using System.Text;
using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Sources;

/// <summary>Finds what opens a repository in the operator's files, anew for each git command, so that tokens and keys can be rotated.</summary>
internal sealed class GitCredentials(string dataFolder, SecretVault vault)
{
    /// <summary>Either the access or why there is none.</summary>
    public async Task<(GitAccess Access, GitFailure? Failure)> ForAsync(ConnectedRepository repository, CancellationToken ct)
    {
        var url = new Uri(repository.Url.Value);
        return url.Scheme switch
        {
            "ssh" => (new GitAccess { SshCommand = Ssh(repository.SshKeyFile) }, null),
            "https" or "http" when repository.TokenFile is { } file => await ReadTokenAsync(repository, url, file, ct),
            _ => (new GitAccess(), null),
        };
    }

    private async Task<(GitAccess, GitFailure?)> ReadTokenAsync(ConnectedRepository repository, Uri url, string file, CancellationToken ct)
    {
        if (url.Scheme == "http" && !url.IsLoopback)
            return Failed(GitFailureKind.Refused, repository, "it has a tokenFile, and http:// would send the token in the clear.", "Use https:// for this repository.");
        string token;
        try
        {
            token = (await File.ReadAllTextAsync(file, ct)).Trim();
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return Failed(GitFailureKind.Unreachable, repository, $"its tokenFile {file} cannot be read.", "Create it, readable by the engine's user. It is tried again.");
        }
        // The password of a pair is a secret by itself: hosts repeat it alone.
        vault.Learn(file, token[(token.IndexOf(':') + 1)..]);
        return token.Length == 0 || token.Any(c => !char.IsBetween(c, '!', '~'))
            ? Failed(GitFailureKind.Unreachable, repository, $"its tokenFile {file} does not hold one token.", "Write the token alone, on one line. It is tried again.")
            : (Basic(repository.Url, token), null);
    }

    /// <remarks>GitHub takes any user name with a token; a host that wants a certain one gets it by a file that holds <c>user:token</c>.</remarks>
    private static GitAccess Basic(RepositoryUrl url, string token)
    {
        var pair = token.Contains(':') ? token : "x-access-token:" + token;
        var encoded = Convert.ToBase64String(Encoding.UTF8.GetBytes(pair));
        return new GitAccess
        {
            Settings = [($"http.{url}.extraHeader", "Authorization: Basic " + encoded)],
            Secrets = [encoded, pair, token],
        };
    }

    /// <summary>A host seen for the first time is remembered in the data folder; one whose key has changed is refused. Nobody is there to be asked.</summary>
    private string Ssh(string? keyFile)
    {
        var knownHosts = Path.Combine(dataFolder, "known_hosts");
        List<string> options =
        [
            "BatchMode=yes", "StrictHostKeyChecking=accept-new", $"UserKnownHostsFile={Quoted(knownHosts)} ~/.ssh/known_hosts",
            "ClearAllForwardings=yes", "ForwardAgent=no", "PermitLocalCommand=no", "ControlMaster=no", "ControlPath=none",
            "ConnectTimeout=15", "ServerAliveInterval=15",
        ];
        if (keyFile is not null)
            options.AddRange(["IdentitiesOnly=yes", $"IdentityFile={Quoted(keyFile)}"]);
        return "ssh " + string.Join(' ', options.Select(option => $"-o '{option.Replace("'", "'\\''", StringComparison.Ordinal)}'"));
    }

    private static string Quoted(string path) => $"\"{path.Replace("%", "%%", StringComparison.Ordinal)}\"";

    private static (GitAccess, GitFailure?) Failed(GitFailureKind kind, ConnectedRepository repository, string what, string fix) =>
        (new GitAccess(), new GitFailure(kind, $"{GitFailures.Named(repository)}: {what}", fix));
}
