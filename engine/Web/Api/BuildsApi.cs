using System.Globalization;
using GitOps.Triggers.Builds;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Logs;
using GitOps.Triggers.Storage;

namespace GitOps.Triggers.Web;

internal static class BuildsApi
{
    public static void MapBuilds(this IEndpointRouteBuilder api)
    {
        api.MapGet("builds", ListAsync);
        api.MapGet("builds/{id:long}", OneAsync);
        api.MapGet("builds/{id:long}/log", LogAsync);
    }

    private static async Task<IReadOnlyList<BuildView>> ListAsync(string? repository, string? trigger, int? limit, BuildStore store, RepositoryStore repositories, CancellationToken ct)
    {
        var query = Query.Read(repositories, repository, null, trigger, limit);
        return [.. (await store.ListAsync(query.Repository, query.Trigger, query.Limit, ct)).Select(row => View(row, repositories))];
    }

    private static async Task<BuildView> OneAsync(long id, BuildStore store, RepositoryStore repositories, CancellationToken ct) =>
        View(await FindAsync(id, store, ct), repositories);

    private static async Task LogAsync(long id, bool? follow, BuildStore store, BuildLogs logs, TimeProvider time, HttpContext http)
    {
        await FindAsync(id, store, http.RequestAborted);
        var lines = follow == true
            ? LogFollower.FollowAsync(logs.PathOf(id), async ct => (await store.FindAsync(id, ct))?.State is not (BuildState.Running or BuildState.Waiting), time, http.RequestAborted)
            : LogFollower.ReadAsync(logs.PathOf(id), http.RequestAborted);
        await Streaming.LinesAsync(http, lines);
    }

    private static async Task<BuildRecord> FindAsync(long id, BuildStore store, CancellationToken ct) =>
        await store.FindAsync(id, ct) ?? throw ProblemException.NotFound(
            string.Create(CultureInfo.InvariantCulture, $"There is no build {id}."), "See 'gitops-triggers builds' for those there are.");

    private static BuildView View(BuildRecord row, RepositoryStore repositories) =>
        Views.Of(row, repositories.NameOf(row.Repository));
}
