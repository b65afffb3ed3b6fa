using GitOps.Triggers.Storage;

namespace GitOps.Triggers.Hosting;

internal static class Health
{
    /// <summary><c>/healthz</c>: the process answers. <c>/readyz</c>: it can also store, so a delivery would be taken.</summary>
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/healthz", () => Results.Text("ok\n"));
        routes.MapGet("/readyz", ReadyAsync);
    }

    private static async Task<IResult> ReadyAsync(Database database, CancellationToken ct)
    {
        try
        {
            await using var context = database.CreateDbContext();
            return await context.Database.CanConnectAsync(ct) ? Results.Text("ok\n") : Results.Text("the database cannot be opened\n", statusCode: StatusCodes.Status503ServiceUnavailable);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            return Results.Text("the database does not answer\n", statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    }
}
