using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Manifests;

/// <summary>Reads an <c>engine.yaml</c>: its form by the published schema, then what a schema cannot say. All findings at once; no finding repeats a value that could be a secret.</summary>
internal static class EngineConfigurationReader
{
    /// <param name="path">The file's own absolute path; relative paths in it are read from its folder.</param>
    /// <param name="content">The file's bytes.</param>
    /// <param name="readText">The text of a file by its absolute path, none when it cannot be read: for the files that hold secrets, which must be there and not empty.</param>
    public static ConfigurationReading Read(string path, ReadOnlySpan<byte> content, Func<string, string?> readText)
    {
        var limits = new Limits();
        var document = YamlReader.Read(content, limits.ConfigurationBytes, limits.ManifestDepth);
        var report = new Report(path, document, limits.FindingsPerFile);
        if (document.Root is null)
            return new ConfigurationReading(null, report.Findings());

        var files = new SettingsFiles(Path.GetDirectoryName(path)!, readText, report);
        var configuration = Read(document.Root, files, report);
        SchemaCheck.Run(PublishedSchema.Engine, document.Root, report);
        return new ConfigurationReading(report.HasErrors ? null : configuration, report.Findings());
    }

    private static EngineConfiguration Read(Node root, SettingsFiles files, Report report)
    {
        var fields = new Fields(root);
        if (fields.TryFind("database", out var database))
            report.Refuse(database.Key, "This version stores in SQLite only, below data:.", "Remove database:.");
        if (fields.TryFind("github", out var github) && !CoreSchema.IsAbsent(github.Value))
            report.Warn(github.Key, "This version does not work as a GitHub App yet: it sets no checks and reads no comments.", "Leave github: for later, or remove it; pushes are heard by webhooks all the same.");
        var addresses = new AddressReader(report);
        var server = fields.Within("server");
        var listen = addresses.ReadListen(server.Find("listen"));
        var metrics = addresses.ReadMetrics(server.Find("metrics"), listen);
        var url = addresses.ReadPublic(server.Find("url")) ?? AddressReader.Reachable(listen);
        var registry = ReadRegistry(fields.Within("registry"), files);
        return new EngineConfiguration
        {
            DataFolder = ReadDataFolder(root, fields.Find("data"), files, report),
            Listen = listen,
            MetricsListen = metrics,
            Url = url,
            Environments = new DefinitionReader(files, hasRegistry: registry is not null, report).Read(fields.Find("environments")),
            Registry = registry,
            Builder = new BuilderReader(files, hasRegistry: registry is not null, report).Read(fields.Within("builder"), url),
            AllowCloudMetadata = Values.Boolean(fields.Find("allowCloudMetadata")) ?? false,
            WebhookSecretFiles = ReadWebhookSecrets(fields.Within("webhooks").Find("secretFiles"), files),
            GitHub = CoreSchema.IsAbsent(fields.Find("github")) ? null : ReadGitHub(fields.Within("github"), files, addresses),
            Repositories = new RepositoryReader(files, report).Read(fields.Find("repositories")),
            Resync = new Values(report).Duration(fields.Find("resync"), "10s", "1d") ?? TimeSpan.FromMinutes(5),
            Limits = new LimitsReader(report).Read(fields.Within("limits")),
        };
    }

    private static string ReadDataFolder(Node root, Node? node, SettingsFiles files, Report report)
    {
        var folder = files.Path(node) ?? files.Path("data");
        // Folders of builds and files of jobs are mounted from it, and --volume takes a colon for the end of the path.
        if (folder.Contains(':', StringComparison.Ordinal))
        {
            const string Message = "The data folder's path holds a colon: nothing below it can be mounted into a container.";
            const string Fix = "Name a folder whose whole path has none.";
            if (node is null)
                report.RefuseMissing(root, "data", Message, Fix);
            else
                report.Refuse(node, Message, Fix);
        }
        return folder;
    }

    private static RegistrySettings? ReadRegistry(Fields fields, SettingsFiles files) => Values.Text(fields.Find("prefix")) is not { } prefix ? null : new RegistrySettings
    {
        Prefix = prefix,
        CredentialsFile = files.Secret(fields.Find("credentialsFile"), "a docker config.json with the registry's credentials"),
        PlainHttp = Values.Boolean(fields.Find("plainHttp")) ?? false,
    };

    private static GitHubSettings? ReadGitHub(Fields fields, SettingsFiles files, AddressReader addresses)
    {
        var key = files.Secret(fields.Find("privateKeyFile"), "the App's private key");
        var api = addresses.ReadApi(fields.Find("api")) ?? new Uri("https://api.github.com");
        return Values.Integer(fields.Find("appId")) is { } id && key is not null ? new GitHubSettings(id, key, api) : null;
    }

    private static IReadOnlyList<string> ReadWebhookSecrets(Node? node, SettingsFiles files) => node is Node.Sequence list
        ? [.. list.Items.Select(item => files.Secret(item, "a random secret (openssl rand -hex 32)")).OfType<string>()]
        : [];
}
