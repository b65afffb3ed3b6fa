using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace GitOps.Triggers.Domain;

/// <summary>
/// Identity of a repository: <c>github-</c> and the provider's number where there is a provider, since names and URLs change;
/// else <c>git-</c> and 16 hexadecimal digits of the URL's SHA-256. Fit for file names.
/// </summary>
internal sealed record RepositoryId
{
    private RepositoryId(string value) => Value = value;

    public string Value { get; }

    public static RepositoryId FromProvider(string provider, long number) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{provider}-{number}"));

    public static RepositoryId FromUrl(RepositoryUrl url) =>
        new("git-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(url.Value)))[..16]);

    public static bool TryParse(string? text, [NotNullWhen(true)] out RepositoryId? id)
    {
        id = DnsLabel.IsValid(text, 63) ? new RepositoryId(text!) : null;
        return id is not null;
    }

    /// <exception cref="FormatException">The text is not a repository id.</exception>
    public static RepositoryId Parse(string text) => TryParse(text, out var id)
        ? id
        : throw new FormatException($"'{Shown.Text(text)}' is not a repository id.");

    public override string ToString() => Value;
}
