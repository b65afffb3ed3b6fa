using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Intake;

/// <summary>
/// Finds the connected repository that a delivery speaks of, by comparing text. Scheme, user, port, a trailing <c>.git</c> and, but on
/// disk, upper case are left out: the same repository is cloned by <c>https</c> here and by <c>ssh</c> there.
/// Where that makes two of one, both are meant: a pass too many does no harm. Where no address fits, as behind a proxy or on disk, a
/// repository is found by its name when the operator called it as the provider does, <c>owner/name</c>.
/// </summary>
internal sealed class RepositoryDirectory
{
    private readonly ILookup<string, ConnectedRepository> byAddress;
    private readonly ILookup<string, ConnectedRepository> byName;

    public RepositoryDirectory(IReadOnlyList<ConnectedRepository> repositories)
    {
        Source = repositories;
        byAddress = repositories.ToLookup(repository => Address(repository.Url), StringComparer.Ordinal);
        byName = repositories.ToLookup(repository => repository.Name, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>The list that it was made from.</summary>
    public IReadOnlyList<ConnectedRepository> Source { get; }

    public IReadOnlyList<ConnectedRepository> Find(ClaimedRepository claimed)
    {
        var found = claimed.Urls.SelectMany(url => byAddress[Address(url)]).Distinct().ToList();
        return found.Count > 0 || claimed.FullName is null ? found : [.. byName[claimed.FullName]];
    }

    private static string Address(RepositoryUrl url)
    {
        var text = url.Value.EndsWith(".git", StringComparison.Ordinal) ? url.Value[..^4] : url.Value;
        if (url.IsLocal)
            return text;
        var parts = new Uri(text);
        return $"{parts.Host}{parts.AbsolutePath}".ToLowerInvariant();
    }
}
