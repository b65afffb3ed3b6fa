using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Registries;

/// <summary>Where a registry is, told from the name with which its images begin.</summary>
internal sealed record RegistryAddress
{
    private const string DockerHub = "docker.io";

    /// <summary>As in the names of images: host, and port where it has one.</summary>
    public required string Host { get; init; }

    public required Uri Api { get; init; }

    /// <param name="host">Host, and port where it has one.</param>
    /// <param name="plainHttp">The operator says that it speaks http. Those on this machine do so anyway.</param>
    public static RegistryAddress Of(string host, bool plainHttp)
    {
        // Docker's own registry goes by a name that is not its host's.
        var (name, server) = host is DockerHub or "index.docker.io" ? (DockerHub, "registry-1.docker.io") : (host, host);
        var scheme = plainHttp || Loopback.IsRegistryOf($"{host}/") ? "http" : "https";
        return new RegistryAddress { Host = name, Api = new Uri($"{scheme}://{server}/v2/") };
    }

    /// <param name="repository">Registry and path: <c>registry.example.com/triggers/reports</c>.</param>
    public static (string Host, string Path) Split(string repository)
    {
        var slash = repository.IndexOf('/');
        return (repository[..slash], repository[(slash + 1)..]);
    }

    /// <summary>Whether what is said to this address is said to the registry's machine, by http as the operator allowed.</summary>
    public bool IsPlainlyOn(Uri address) => Api.Scheme == Uri.UriSchemeHttp && address.Scheme == Uri.UriSchemeHttp && IsSameHost(Api, address);

    public static bool IsSameServer(Uri one, Uri other) => one.Scheme == other.Scheme && one.Port == other.Port && IsSameHost(one, other);

    private static bool IsSameHost(Uri one, Uri other) => string.Equals(one.IdnHost, other.IdnHost, StringComparison.OrdinalIgnoreCase);
}
