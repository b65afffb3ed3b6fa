namespace GitOps.Triggers.Web;

internal static class TriggersApi
{
    public static void MapTriggers(this IEndpointRouteBuilder api)
    {
        api.MapGet("triggers", ListAsync);
    }

    private static async Task<IReadOnlyList<TriggerView>> ListAsync(string? repository, string? environment, string? trigger, TriggerFinder finder, TimeProvider time, CancellationToken ct) =>
        [.. (await finder.FilterAsync(repository, environment, trigger, ct)).Select(row => Views.Of(row, time.GetUtcNow()))];
}
