using System.Net;

namespace GitOps.Triggers.Domain;

/// <summary>Registries on this machine itself speak plain HTTP: docker takes that for granted, podman wants to be told. Any other registry must speak TLS.</summary>
internal static class Loopback
{
    public static bool IsRegistryOf(string image)
    {
        var slash = image.IndexOf('/');
        if (slash < 0)
            return false;
        var registry = image[..slash];
        var port = registry.LastIndexOf(':');
        var host = port > registry.LastIndexOf(']') ? registry[..port] : registry;
        // Without a port it is the name under which podman files images that never came from a registry.
        return host == "localhost" ? port > 0 : IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address);
    }
}
