using GitOps.Triggers.Domain;
using GitOps.Triggers.Storage;

namespace GitOps.Triggers.Web;

internal static class DeliveriesApi
{
    public static void MapDeliveries(this IEndpointRouteBuilder api) => api.MapGet("deliveries", ListAsync);

    private static async Task<IReadOnlyList<DeliveryView>> ListAsync(int? limit, DeliveryStore store, RepositoryStore repositories, CancellationToken ct) =>
        [.. (await store.ListAsync(Query.Read(repositories, null, null, null, limit).Limit, ct)).Select(row => View(row, repositories))];

    private static DeliveryView View(Delivery row, RepositoryStore repositories) => new()
    {
        Guid = row.Guid,
        ReceivedAt = row.ReceivedAt,
        Event = row.Event,
        Action = row.Action,
        Repository = row.Repository is { } id ? repositories.NameOf(id) : null,
        Outcome = row.Outcome,
    };
}
