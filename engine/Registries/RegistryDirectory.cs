using System.Collections.Concurrent;
using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Registries;

/// <summary>The registries in which the engine's images are: the one of <c>engine.yaml</c>, and those that stood there before.</summary>
internal sealed class RegistryDirectory(RegistrySettings? settings, SecretVault secrets, Func<string, string?> variable, TimeProvider time) : IDisposable
{
    private readonly ConcurrentDictionary<string, Lazy<Registry>> registries = new(StringComparer.Ordinal);
    private readonly CredentialsStore store = new(settings, secrets, variable, time);

    public RegistryPatience Patience { get; init; } = new();

    /// <summary>Whether the image's registry holds it.</summary>
    /// <param name="image">One that is not of this machine's store.</param>
    /// <param name="ct">Ends the question.</param>
    /// <exception cref="RegistryException">The registry could not be asked, which says nothing about the image.</exception>
    public Task<bool> HasAsync(ImageReference image, CancellationToken ct)
    {
        var (host, path) = RegistryAddress.Split(image.Repository!);
        return Of(host).HasAsync(path, image.Digest, ct);
    }

    /// <param name="host">Host, and port where it has one.</param>
    public Registry Of(string host) => registries.GetOrAdd(host, name => new Lazy<Registry>(() => Open(name))).Value;

    public void Dispose()
    {
        foreach (var registry in registries.Values)
            registry.Value.Dispose();
    }

    private Registry Open(string host)
    {
        var address = RegistryAddress.Of(host, plainHttp: settings is { PlainHttp: true } && settings.Host == host);
        var failures = new RegistryFailures(address, store, new RegistryErrors(secrets));
        var handler = new SocketsHttpHandler();
        if (TrustedAuthorities.Of(CredentialsPlaces.OfCertificates(variable), host) is { } policy)
            handler.SslOptions.CertificateChainPolicy = policy;
        var connection = new RegistryConnection(handler, Patience, time);
        return new Registry(address, connection, new Admission(address, new TokenService(address, connection, failures), store, time), failures);
    }
}
