using System.Collections.Concurrent;
using System.Net.Http.Headers;

namespace GitOps.Triggers.Registries;

/// <summary>What lets the engine into a registry, kept for as long as it is good.</summary>
internal sealed class Admission(RegistryAddress registry, TokenService tokens, CredentialsStore store, TimeProvider time)
{
    /// <summary>A fleet has as many scopes as triggers; what is dropped is asked for again.</summary>
    private const int MostKept = 256;

    /// <summary>A name and password are looked at again, since the file may have changed.</summary>
    private static readonly TimeSpan BasicLasts = TimeSpan.FromMinutes(5);

    /// <summary>So long before its end nobody starts to use a token any more.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(15);

    private readonly ConcurrentDictionary<string, Pass> kept = new(StringComparer.Ordinal);

    /// <summary>What the registry was shown last, and is still good.</summary>
    public Admitted? Known(string repository) => kept.TryGetValue(repository, out var pass) && pass.Until > time.GetUtcNow() ? pass.Admitted : null;

    public void Forget(string repository) => kept.TryRemove(repository, out _);

    /// <param name="asked">The headers of a 401.</param>
    /// <param name="repository">The path of the images at the registry; empty for the registry itself.</param>
    /// <param name="ct">Ends the calls.</param>
    /// <exception cref="RegistryException">A token cannot be had.</exception>
    public async Task<Admitted> AnswerAsync(HttpHeaderValueCollection<AuthenticationHeaderValue> asked, string repository, CancellationToken ct)
    {
        var credentials = await store.FindAsync(registry.Host, repository, ct);
        if (credentials?.RegistryToken is { } token)
            return new Admitted(new AuthenticationHeaderValue("Bearer", token), credentials);
        switch (Challenge.Of(asked))
        {
            case { IsBearer: true } challenge:
                var (header, lasts) = await tokens.GetAsync(challenge, repository.Length > 0 ? $"repository:{repository}:pull" : null, credentials, ct);
                return Keep(repository, new Admitted(header, credentials), lasts - Margin);
            case { } when credentials is { HasPassword: true }:
                return Keep(repository, new Admitted(credentials.Basic(), credentials), BasicLasts);
            default:
                return new Admitted(null, credentials);
        }
    }

    private Admitted Keep(string repository, Admitted admitted, TimeSpan lasts)
    {
        if (kept.Count >= MostKept)
            kept.Clear();
        kept[repository] = new Pass(admitted, time.GetUtcNow() + lasts);
        return admitted;
    }

    private sealed record Pass(Admitted Admitted, DateTimeOffset Until);
}
