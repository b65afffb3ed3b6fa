using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Storage;

/// <summary>
/// Who a repository is: the one known by its URL; else the retired one of its name, which has moved (docs/adr/0004-who-a-repository-is.md); else a new one. Pure.
/// </summary>
internal static class RepositoryIdentities
{
    /// <param name="all">Those to be told apart, at once: no two of them are the same retired one.</param>
    /// <param name="connected">Those that stay connected, by these settings or by others.</param>
    /// <param name="retired">Those that are not connected, or leave in this very change.</param>
    public static IReadOnlyList<RepositoryId> Of(IReadOnlyList<RepositorySettings> all, IReadOnlyList<ConnectedRepository> connected, IReadOnlyList<RetiredRepository> retired)
    {
        var ids = all.Select(settings => connected.FirstOrDefault(row => row.Url == settings.Url)?.Id ?? retired.FirstOrDefault(row => row.Url == settings.Url)?.Id).ToList();
        foreach (var (index, settings) in all.Index().Where(one => ids[one.Index] is null))
            ids[index] = retired.FirstOrDefault(row => !ids.Contains(row.Id) && string.Equals(row.Name, NameOf(settings), StringComparison.OrdinalIgnoreCase))?.Id;
        foreach (var (index, settings) in all.Index().Where(one => ids[one.Index] is null))
            ids[index] = RepositoryId.FromUrl(settings.Url, [.. connected.Select(row => row.Id), .. retired.Select(row => row.Id), .. ids.OfType<RepositoryId>()]);
        return [.. ids.Select(id => id!)];
    }

    public static string NameOf(RepositorySettings settings) => settings.Name ?? settings.Url.ShortName;
}
