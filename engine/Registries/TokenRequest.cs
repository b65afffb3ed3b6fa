using System.Net.Http.Headers;

namespace GitOps.Triggers.Registries;

/// <summary>How a token is asked for. Sources: https://distribution.github.io/distribution/spec/auth/token/ and …/oauth/.</summary>
internal static class TokenRequest
{
    private const string Client = "gitops-triggers";

    /// <summary>An identity token is sent in the body, name and password as with any other request; with neither, whoever asks is anybody.</summary>
    public static HttpRequestMessage Make(Uri realm, string? service, string? scope, RegistryCredentials? credentials)
    {
        var values = new Dictionary<string, string> { ["client_id"] = Client };
        if (service is not null)
            values["service"] = service;
        if (scope is not null)
            values["scope"] = scope;
        return credentials?.IdentityToken is { } identity ? Exchange(realm, values, identity) : Ask(realm, values, credentials is { HasPassword: true } ? credentials.Basic() : null);
    }

    private static HttpRequestMessage Exchange(Uri realm, Dictionary<string, string> values, string identity)
    {
        var request = RegistryConnection.Request(HttpMethod.Post, realm, null, ["application/json"]);
        request.Content = new FormUrlEncodedContent(values.Append(new("grant_type", "refresh_token")).Append(new("refresh_token", identity)));
        return request;
    }

    private static HttpRequestMessage Ask(Uri realm, Dictionary<string, string> values, AuthenticationHeaderValue? authorization)
    {
        var query = string.Join('&', values.Select(value => $"{value.Key}={Uri.EscapeDataString(value.Value)}"));
        var address = new UriBuilder(realm) { Query = realm.Query.Length > 1 ? $"{realm.Query[1..]}&{query}" : query };
        return RegistryConnection.Request(HttpMethod.Get, address.Uri, authorization, ["application/json"]);
    }
}
