using System.Collections.Concurrent;

namespace GitOps.Triggers.Domain;

/// <summary>
/// The engine's own secrets (webhook secrets, git tokens, the API's token), each known from the moment at which it was read: whoever reads
/// one tells it before using it. A value that was replaced stays masked. May be used by many at once; a log line costs one search, however
/// many secrets there are, and telling what is known already costs a look-up.
/// </summary>
/// <remarks>Not for the secrets of jobs, which have their run's own mask: were one repository's secrets masked in another's log, printing guesses would find them.</remarks>
internal sealed class SecretVault : ISecretMask
{
    /// <summary>A file that is written anew every hour must not fill the memory; what was replaced so often is worth nothing any more.</summary>
    public const int KeptPerSource = 24;

    private readonly ConcurrentDictionary<string, IReadOnlyList<string>> known = new(StringComparer.Ordinal);
    private readonly Lock learning = new();
    private volatile SecretMask? mask = SecretMask.None;

    /// <param name="source">Where it was read: a file's path.</param>
    /// <param name="secret">The whole content.</param>
    public void Learn(string source, string secret)
    {
        if (IsNewest(source, secret))
            return;
        lock (learning)
        {
            var before = known.GetValueOrDefault(source, []);
            known[source] = [secret, .. before.Where(value => value != secret).Take(KeptPerSource - 1)];
            // Made anew by the next line that is written, not by each of a thousand tokens that are read one after the other.
            mask = null;
        }
    }

    public string Apply(string text) => (mask ?? MakeAnew()).Apply(text);

    private bool IsNewest(string source, string secret) => known.TryGetValue(source, out var values) && values[0] == secret;

    private SecretMask MakeAnew()
    {
        lock (learning)
            return mask ??= SecretMask.Of(known.Values.SelectMany(values => values));
    }
}
