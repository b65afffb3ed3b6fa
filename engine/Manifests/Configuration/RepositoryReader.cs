using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Manifests;

/// <summary>Reads the repositories that the operator names. A URL is never repeated in a finding: it may hold a password.</summary>
internal sealed class RepositoryReader(SettingsFiles files, Report report)
{
    private const string Form = "Write https://host/path.git, ssh://git@host/path.git or file:///path.git.";

    public IReadOnlyList<RepositorySettings> Read(Node? node)
    {
        var read = new List<RepositorySettings>();
        var names = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        var urls = new Dictionary<string, int>(StringComparer.Ordinal);
        var items = node is Node.Sequence list ? list.Items : [];
        for (var index = 0; index < items.Count; index++)
        {
            var fields = new Fields(items[index]);
            if (Read(fields) is not { } repository)
                continue;
            read.Add(repository);
            if (!urls.TryAdd(repository.Url.Value, index))
                report.Refuse(fields.Find("url")!, $"The URL is also that of {NodePath.Item("repositories", urls[repository.Url.Value])}.", "Remove one of the two.");
            else if (!names.TryAdd(repository.Name!, index))
                report.Refuse(fields.Find("name") ?? fields.Find("url")!, $"The name '{Shown.Text(repository.Name)}' is also that of {NodePath.Item("repositories", names[repository.Name!])}.", "Give one of the two a name: of its own.");
        }

        return read;
    }

    private RepositorySettings? Read(Fields fields)
    {
        var tokenFile = files.Secret(fields.Find("tokenFile"), "the token");
        var keyFile = files.Secret(fields.Find("sshKeyFile"), "the private key");
        if (ReadUrl(fields.Find("url")) is not { } url)
            return null;
        var isSsh = url.Value.StartsWith("ssh:", StringComparison.Ordinal);
        if (tokenFile is not null && (isSsh || url.IsLocal))
            report.Refuse(fields.Find("tokenFile")!, "A token opens https:// URLs only.", isSsh ? "Write sshKeyFile, or an https:// URL." : "Remove it.");
        else if (tokenFile is not null && url.Value.StartsWith("http:", StringComparison.Ordinal) && !new Uri(url.Value).IsLoopback)
            report.Refuse(fields.Find("tokenFile")!, "The token would be sent without encryption.", "Write an https:// URL.");
        if (keyFile is not null && !isSsh)
            report.Refuse(fields.Find("sshKeyFile")!, "A key opens ssh:// URLs only.", "Write tokenFile, or an ssh:// URL.");
        return new RepositorySettings
        {
            Url = url,
            Name = Values.Text(fields.Find("name")) ?? url.ShortName,
            TokenFile = tokenFile,
            SshKeyFile = keyFile,
        };
    }

    private RepositoryUrl? ReadUrl(Node? node)
    {
        if (Values.Text(node) is not { } text || report.IsRefused(node!))
            return null;
        if (RepositoryUrl.TryParse(text, out var url))
            return url;
        var isUri = Uri.TryCreate(text, UriKind.Absolute, out var uri);
        if (isUri && uri!.UserInfo.Length > 0)
            report.Refuse(node!, "The URL has a user name or password in it (not shown).", "Remove it; put a token into a file and name it as tokenFile.");
        else if (isUri && (uri!.Query.Length > 0 || uri.Fragment.Length > 0))
            report.Refuse(node!, "The URL goes on after its path, with ? or # (not shown).", Form);
        else
            report.Refuse(node!, "This is not a git URL that the engine can fetch from.", Form);
        return null;
    }
}
