using GitOps.Triggers.Storage;

namespace GitOps.Triggers.Web;

internal static class ReleasesApi
{
    public static void MapReleases(this IEndpointRouteBuilder api) => api.MapGet("releases", ListAsync);

    private static async Task<IReadOnlyList<ReleaseView>> ListAsync(string? repository, string? environment, string? trigger, int? limit, DeploymentStore store, RepositoryStore repositories, CancellationToken ct)
    {
        var query = Query.Read(repositories, repository, environment, trigger, limit);
        var rows = await store.ListAsync(query.Repository, query.Environment, query.Trigger, query.Limit, ct);
        return [.. rows.Select(row => Views.Of(row, repositories.NameOf(row.Repository)))];
    }
}
