namespace GitOps.Triggers.Web;

/// <summary>The HTTP API, one file per noun.</summary>
internal static class ApiRoutes
{
    private const string Root = "/api/v1";

    /// <summary>To be called before <see cref="MapApi"/>: endpoints read a body before any filter of theirs can look at the token.</summary>
    public static void GuardApi(this IApplicationBuilder app) =>
        app.UseWhen(http => http.Request.Path.StartsWithSegments(Root), guarded => guarded.UseMiddleware<ApiGuard>());

    public static void MapApi(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup(Root);
        api.MapEngine();
        api.MapRepositories();
        api.MapSync();
        api.MapTriggers();
        api.MapReleases();
        api.MapBuilds();
        api.MapRuns();
        api.MapPauses();
        api.MapEvents();
        api.MapDeliveries();
    }
}
