using GitOps.Triggers.Intake;

namespace GitOps.Triggers.Hosting;

internal static class Health
{
    /// <summary><c>/healthz</c>: the process answers. <c>/readyz</c>: it can also store, so a delivery would be taken, and passes run.</summary>
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/healthz", () => Results.Text("ok\n"));
        routes.MapGet("/readyz", ReadyAsync);
    }

    private static async Task<IResult> ReadyAsync(Readiness readiness, WorkQueue queue, CancellationToken ct)
    {
        var problem = await readiness.ProblemAsync(ct) ?? (queue.IsReady ? null : "the work that is due has not been read yet");
        return problem is null ? Results.Text("ok\n") : Results.Text(problem + "\n", statusCode: StatusCodes.Status503ServiceUnavailable);
    }
}
