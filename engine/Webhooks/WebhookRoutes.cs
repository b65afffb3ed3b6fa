namespace GitOps.Triggers.Webhooks;

internal static class WebhookRoutes
{
    public const string Path = "/api/github/webhooks";

    public static IEndpointConventionBuilder MapGitHubWebhooks(this IEndpointRouteBuilder routes)
    {
        var endpoint = routes.ServiceProvider.GetRequiredService<WebhookEndpoint>();
        return routes.MapPost(Path, endpoint.InvokeAsync);
    }
}
