namespace GitOps.Triggers.Web;

/// <summary>The HTTP API, one file per noun.</summary>
internal static class ApiRoutes
{
    public static void MapApi(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/v1").AddEndpointFilter<ApiGuard>();
        api.MapEngine();
        api.MapRepositories();
        api.MapSync();
        api.MapTriggers();
        api.MapReleases();
        api.MapBuilds();
        api.MapRuns();
        api.MapPauses();
    }
}
