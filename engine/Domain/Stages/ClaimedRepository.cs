namespace GitOps.Triggers.Domain;

/// <summary>
/// What a delivery says about its repository. Compared with the connected repositories, as text; never fetched, never dialled:
/// hosts come from the configuration only.
/// </summary>
internal sealed record ClaimedRepository
{
    /// <summary><c>owner/name</c>.</summary>
    public string? FullName { get; init; }

    /// <summary>Its clone, ssh and page addresses, as far as they are URLs that git could use.</summary>
    public IReadOnlyList<RepositoryUrl> Urls { get; init; } = [];

    public override string ToString() => Urls.Count > 0 ? Shown.Text(Urls[0].Value) : Shown.Text(FullName);
}
