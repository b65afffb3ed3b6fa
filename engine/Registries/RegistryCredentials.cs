using System.Net.Http.Headers;
using System.Text;

namespace GitOps.Triggers.Registries;

/// <summary>What the engine shows a registry. Never printed: it has no words of its own.</summary>
internal sealed class RegistryCredentials
{
    public string Name { get; init; } = "";

    public string Password { get; init; } = "";

    /// <summary>Exchanged for a token, in the place of a password.</summary>
    public string? IdentityToken { get; init; }

    /// <summary>A token that needs no exchange.</summary>
    public string? RegistryToken { get; init; }

    /// <summary>Where they were found, in words.</summary>
    public required string Origin { get; init; }

    public bool HasPassword => Password.Length > 0;

    public IEnumerable<string> Secrets => new[] { Password, IdentityToken, RegistryToken }.OfType<string>().Where(secret => secret.Length > 0);

    public AuthenticationHeaderValue Basic() => new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Name}:{Password}")));
}
