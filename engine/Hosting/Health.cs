using GitOps.Triggers.Intake;
using GitOps.Triggers.Storage;

namespace GitOps.Triggers.Hosting;

internal static class Health
{
    /// <summary><c>/healthz</c>: the process answers. <c>/readyz</c>: it can also store, so a delivery would be taken, and passes run.</summary>
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/healthz", () => Results.Text("ok\n"));
        routes.MapGet("/readyz", ReadyAsync);
    }

    private static async Task<IResult> ReadyAsync(Database database, WorkQueue queue, CancellationToken ct)
    {
        try
        {
            await using var context = database.CreateDbContext();
            if (!await context.Database.CanConnectAsync(ct))
                return NotReady("the database cannot be opened");
            return queue.IsReady ? Results.Text("ok\n") : NotReady("the work that is due has not been read yet");
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            return NotReady("the database does not answer");
        }
    }

    private static IResult NotReady(string why) => Results.Text(why + "\n", statusCode: StatusCodes.Status503ServiceUnavailable);
}
