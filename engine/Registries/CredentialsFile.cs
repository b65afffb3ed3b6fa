using System.Text;
using System.Text.Json;

namespace GitOps.Triggers.Registries;

/// <summary>One docker <c>config.json</c>: who says what for which registry. Source: docker-login(1), containers-auth.json(5).</summary>
internal sealed class CredentialsFile
{
    private readonly string path;
    private readonly JsonElement root;

    private CredentialsFile(string path, JsonElement root) => (this.path, this.root) = (path, root);

    /// <exception cref="JsonException">It is no such file.</exception>
    public static CredentialsFile Parse(string path, string text)
    {
        using var document = JsonDocument.Parse(text);
        return document.RootElement.ValueKind == JsonValueKind.Object ? new CredentialsFile(path, document.RootElement.Clone()) : throw new JsonException();
    }

    /// <summary>What stands in the file for these images: the entry that names most of their path. An entry without anything in it only says that somebody logged in: the helper has it.</summary>
    /// <param name="host">Host, and port where it has one.</param>
    /// <param name="repository">The path of the images at that registry; empty for the registry itself.</param>
    /// <exception cref="JsonException">The entry cannot be read.</exception>
    public RegistryCredentials? Find(string host, string repository)
    {
        var image = repository.Length == 0 ? host : $"{host}/{repository}";
        return Entries("auths").Select(entry => (Name: NameOf(entry.Name), entry.Value))
            .Where(entry => image == entry.Name || image.StartsWith($"{entry.Name}/", StringComparison.Ordinal))
            .OrderByDescending(entry => entry.Name.Length)
            .Select(entry => Read(entry.Value)).FirstOrDefault(found => found is not null);
    }

    /// <summary>The program that keeps the logins of this very registry, and the name by which it does. It counts before what stands in the file.</summary>
    public (string Program, string Server)? HelperOf(string host) => Entries("credHelpers").Where(entry => NameOf(entry.Name) == host)
        .Select(entry => ((string, string)?)(Text(entry.Value) ?? "", entry.Name)).FirstOrDefault();

    /// <summary>The program that keeps all logins which do not stand in the file.</summary>
    public (string Program, string Server)? Store(string host) => Text(root, "credsStore") is { Length: > 0 } program
        ? (program, Entries("auths").Select(entry => entry.Name).FirstOrDefault(name => NameOf(name) == host) ?? host)
        : null;

    private IEnumerable<JsonProperty> Entries(string key) => root.TryGetProperty(key, out var entries) && entries.ValueKind == JsonValueKind.Object ? entries.EnumerateObject() : [];

    /// <summary>Docker once wrote whole addresses; of its own registry it still does.</summary>
    private static string NameOf(string key)
    {
        var scheme = key.IndexOf("://", StringComparison.Ordinal);
        var name = (scheme < 0 ? key : key[(scheme + 3)..]).TrimEnd('/');
        foreach (var version in new[] { "/v1", "/v2" })
            name = name.EndsWith(version, StringComparison.Ordinal) ? name[..^version.Length] : name;
        return name == "index.docker.io" ? "docker.io" : name;
    }

    private RegistryCredentials? Read(JsonElement entry)
    {
        if (entry.ValueKind != JsonValueKind.Object)
            throw new JsonException();
        var (name, password) = Text(entry, "auth") is { Length: > 0 } both ? Pair(both) : (Text(entry, "username") ?? "", Text(entry, "password") ?? "");
        var (identity, token) = (Text(entry, "identitytoken"), Text(entry, "registrytoken"));
        return password.Length == 0 && identity is not { Length: > 0 } && token is not { Length: > 0 } ? null : new RegistryCredentials
        {
            Name = name,
            Password = password,
            IdentityToken = identity is { Length: > 0 } ? identity : null,
            RegistryToken = token is { Length: > 0 } ? token : null,
            Origin = path,
        };
    }

    private static (string Name, string Password) Pair(string encoded)
    {
        var bytes = new byte[encoded.Length];
        if (!Convert.TryFromBase64String(encoded, bytes, out var length))
            throw new JsonException();
        var pair = Encoding.UTF8.GetString(bytes, 0, length);
        var colon = pair.IndexOf(':');
        return colon < 0 ? throw new JsonException() : (pair[..colon], pair[(colon + 1)..].TrimEnd('\0'));
    }

    private static string? Text(JsonElement entry, string key) => entry.TryGetProperty(key, out var value) ? Text(value) : null;

    private static string? Text(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
