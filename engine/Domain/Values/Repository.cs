using System.Security.Cryptography;
using System.Text;

namespace GitOps.Triggers.Domain;

/// <summary>A connected repository. Its URL comes from the operator, never from a delivery.</summary>
internal sealed record Repository
{
    public required RepositoryId Id { get; init; }

    /// <summary>For people, labels and namespaces: as the operator called it, else the URL's last part. Unique in one engine, whatever the case: a second one of the same name is refused with words.</summary>
    public required string Name { get; init; }

    public required RepositoryUrl Url { get; init; }

    /// <summary>The name as a DNS label of at most 40 characters, for folders, image names and namespaces; a name that is none itself gets a hash, so that no two repositories share one.</summary>
    public string Slug => DnsLabel.IsValid(Name, 40)
        ? Name
        : $"{DnsLabel.From(Name, 31)}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Id.Value)))[..8]}".TrimStart('-');
}
