using System.Net.Http.Headers;
using System.Text.RegularExpressions;

namespace GitOps.Triggers.Registries;

/// <summary>What a registry asks for before it answers. Source: https://distribution.github.io/distribution/spec/auth/token/ and RFC 9110, 11.6.1.</summary>
/// <param name="IsBearer">A token of <paramref name="Realm"/>; else name and password, with each request.</param>
/// <param name="Realm">Where tokens are given out; none for name and password.</param>
/// <param name="Service">Whom the token is for.</param>
/// <param name="Scope">What it is for.</param>
internal sealed partial record Challenge(bool IsBearer, string? Realm, string? Service, string? Scope)
{
    /// <returns>None when nothing is asked for that the engine could give.</returns>
    public static Challenge? Of(IEnumerable<AuthenticationHeaderValue> headers)
    {
        var known = headers.Select(Read).OfType<Challenge>().ToList();
        return known.FirstOrDefault(one => one.IsBearer) ?? known.FirstOrDefault();
    }

    private static Challenge? Read(AuthenticationHeaderValue header)
    {
        if (header.Scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase))
            return new Challenge(IsBearer: false, null, null, null);
        if (!header.Scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase))
            return null;
        var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (Match match in Parameter().Matches(header.Parameter ?? ""))
            values.TryAdd(match.Groups["name"].Value, match.Groups["quoted"] is { Success: true } quoted ? Escape().Replace(quoted.Value, "$1") : match.Groups["plain"].Value);
        return values.TryGetValue("realm", out var realm) ? new Challenge(IsBearer: true, realm, values.GetValueOrDefault("service"), values.GetValueOrDefault("scope")) : null;
    }

    [GeneratedRegex("""(?<name>[A-Za-z0-9_-]+)\s*=\s*(?:"(?<quoted>(?:[^"\\]|\\.)*)"|(?<plain>[^\s,"]+))""", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex Parameter();

    [GeneratedRegex(@"\\(.)", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex Escape();
}
