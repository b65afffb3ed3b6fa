using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace GitOps.Triggers.Registries;

/// <summary>Certificates that the operator put down for one registry, where podman and docker look for them too. Source: containers-certs.d(5).</summary>
internal static class TrustedAuthorities
{
    /// <returns>None where there are none: what this machine trusts counts alone.</returns>
    public static X509ChainPolicy? Of(IReadOnlyList<string> folders, string host)
    {
        var own = new X509Certificate2Collection();
        foreach (var file in folders.Select(folder => Path.Combine(folder, host)).Where(Directory.Exists).SelectMany(folder => Directory.EnumerateFiles(folder, "*.crt")))
            Add(own, file);
        if (own.Count == 0)
            return null;
        using var store = new X509Store(StoreName.Root, StoreLocation.LocalMachine, OpenFlags.ReadOnly);
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.AddRange(store.Certificates);
        policy.CustomTrustStore.AddRange(own);
        return policy;
    }

    /// <summary>A file that cannot be read trusts nobody: the connection then fails, and says why.</summary>
    private static void Add(X509Certificate2Collection all, string file)
    {
        try
        {
            all.ImportFromPemFile(file);
        }
        catch (Exception unreadable) when (unreadable is CryptographicException or IOException or UnauthorizedAccessException)
        {
        }
    }
}
