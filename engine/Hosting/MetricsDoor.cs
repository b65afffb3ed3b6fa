namespace GitOps.Triggers.Hosting;

/// <summary>
/// Metrics at an address of their own: they name every repository and trigger and ask for no token, so they need not be where webhooks and the pods of
/// builds come in.
/// </summary>
internal static class MetricsDoor
{
    /// <param name="app">The engine's web server.</param>
    /// <param name="address">Where metrics are, and nothing else; none: they are with all the rest.</param>
    public static void KeepMetricsApart(this WebApplication app, Uri? address)
    {
        if (address is null)
            return;
        app.Use((context, next) =>
        {
            // By the connection: the Host header is the caller's to write.
            var isTheirs = context.Connection.LocalPort == address.Port;
            if (isTheirs == context.Request.Path.Equals("/metrics", StringComparison.OrdinalIgnoreCase))
                return next(context);
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        });
    }
}
