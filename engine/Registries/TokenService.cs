using System.Net.Http.Headers;
using System.Text.Json;
using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Registries;

/// <summary>Gets tokens from where a registry sends the engine for them.</summary>
internal sealed class TokenService(RegistryAddress registry, RegistryConnection connection, RegistryFailures failures)
{
    /// <summary>Of a service that does not say how long its tokens last.</summary>
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(60);

    /// <returns>The token as a header, and how long it lasts.</returns>
    /// <exception cref="RegistryException">None was given.</exception>
    public async Task<(AuthenticationHeaderValue Header, TimeSpan Lasts)> GetAsync(Challenge challenge, string? scope, RegistryCredentials? credentials, CancellationToken ct)
    {
        var realm = Realm(challenge);
        var who = $"its token service {realm.Authority}";
        try
        {
            // Nothing is followed: what is sent here is a password.
            using var answer = await connection.SendAsync(() => TokenRequest.Make(realm, challenge.Service, challenge.Scope ?? scope, credentials), ct);
            return answer.IsSuccessStatusCode
                ? Read(await answer.Content.ReadAsStringAsync(ct), who)
                : throw await failures.OfAsync(answer, who, credentials, ct);
        }
        catch (Exception thrown) when (RegistryFailures.IsFailure(thrown, ct))
        {
            throw failures.Of(thrown, who);
        }
    }

    /// <summary>A password goes over TLS, or to the very registry that the operator lets speak http.</summary>
    private Uri Realm(Challenge challenge) =>
        Uri.TryCreate(challenge.Realm, UriKind.Absolute, out var realm) && realm.UserInfo.Length == 0 && (realm.Scheme == Uri.UriSchemeHttps || registry.IsPlainlyOn(realm))
            ? realm
            : throw failures.Strange($"it sends the engine to '{Shown.Text(challenge.Realm)}' for a token, which is neither https nor on the registry itself");

    private (AuthenticationHeaderValue Header, TimeSpan Lasts) Read(string text, string who)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            var token = Text(json.RootElement, "token") ?? Text(json.RootElement, "access_token") ?? throw new JsonException();
            var lasts = json.RootElement.TryGetProperty("expires_in", out var seconds) && seconds.TryGetInt32(out var known) ? TimeSpan.FromSeconds(known) : Shortest;
            return (new AuthenticationHeaderValue("Bearer", token), lasts > Shortest ? lasts : Shortest);
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException or FormatException)
        {
            throw failures.Strange($"what {who} gives is no token");
        }
    }

    private static string? Text(JsonElement json, string key) => json.TryGetProperty(key, out var value) && value.GetString() is { Length: > 0 } text ? text : null;
}
