using System.Buffers;
using System.Security.Cryptography;
using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Webhooks;

/// <summary>
/// Checks <c>X-Hub-Signature-256</c> against every active secret while the body streams by.
/// Octokit's validator wants the whole body in memory, takes upper-case digits, and lets an unsigned body pass where there is no secret.
/// Source: https://docs.github.com/webhooks/using-webhooks/validating-webhook-deliveries.
/// </summary>
internal sealed class SignatureCheck : IDisposable
{
    private const string Prefix = "sha256=";

    private readonly byte[] claimed;
    private readonly IncrementalHash[] computed;

    private SignatureCheck(byte[] claimed, IncrementalHash[] computed) => (this.claimed, this.computed) = (claimed, computed);

    /// <returns>None when the header cannot be a signature, whatever the body.</returns>
    public static SignatureCheck? Start(string? header, IReadOnlyList<byte[]> secrets)
    {
        var isWellFormed = header?.Length == Prefix.Length + (2 * SHA256.HashSizeInBytes)
            && header.StartsWith(Prefix, StringComparison.Ordinal)
            && Hex.IsLower(header.AsSpan(Prefix.Length));
        return isWellFormed
            ? new SignatureCheck(Convert.FromHexString(header.AsSpan(Prefix.Length)), [.. secrets.Select(Hash)])
            : null;
    }

    public void Append(ReadOnlySequence<byte> bytes)
    {
        foreach (var segment in bytes)
        {
            foreach (var hash in computed)
                hash.AppendData(segment.Span);
        }
    }

    /// <summary>Takes the same time whichever secret fits, and whether one does.</summary>
    public bool IsValid()
    {
        var isValid = false;
        foreach (var hash in computed)
            isValid |= CryptographicOperations.FixedTimeEquals(hash.GetHashAndReset(), claimed);
        return isValid;
    }

    public void Dispose()
    {
        foreach (var hash in computed)
            hash.Dispose();
    }

    private static IncrementalHash Hash(byte[] secret) => IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, secret);
}
