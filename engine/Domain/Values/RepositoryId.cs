using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace GitOps.Triggers.Domain;

/// <summary>
/// Identity of a repository, which stays when its name or URL changes: <c>git-</c> and 16 hexadecimal digits of the SHA-256 of the URL by
/// which it was first connected. Fit for file names.
/// </summary>
internal sealed record RepositoryId
{
    private RepositoryId(string value) => Value = value;

    public string Value { get; }

    public static RepositoryId FromUrl(RepositoryUrl url) => FromText(url.Value);

    /// <summary>As <see cref="FromUrl(RepositoryUrl)"/>, but none of these: another repository may have been first connected by this URL, and have moved since.</summary>
    public static RepositoryId FromUrl(RepositoryUrl url, IReadOnlyCollection<RepositoryId> taken) =>
        Enumerable.Range(1, taken.Count + 1).Select(number => FromText(number == 1 ? url.Value : $"{url.Value}#{number}")).First(id => !taken.Contains(id));

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

    private static RepositoryId FromText(string text) =>
        new("git-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16]);
}
