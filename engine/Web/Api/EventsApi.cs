using GitOps.Triggers.Storage;

namespace GitOps.Triggers.Web;

internal static class EventsApi
{
    public static void MapEvents(this IEndpointRouteBuilder api) => api.MapGet("events", ListAsync);

    private static async Task<IReadOnlyList<EventView>> ListAsync(string? repository, string? environment, string? trigger, int? limit, EventStore store, RepositoryStore repositories, CancellationToken ct)
    {
        var query = Query.Read(repositories, repository, environment, trigger, limit);
        var rows = await store.ListAsync(query.Repository, query.Environment, query.Trigger, query.Limit, ct);
        return [.. rows.Select(row => Views.Of(row, row.Repository is { } id ? repositories.NameOf(id) : null))];
    }
}
