using GitOps.Triggers.Domain;
using GitOps.Triggers.Storage;

namespace GitOps.Triggers.Web;

internal static class RunsApi
{
    public static void MapRuns(this IEndpointRouteBuilder api)
    {
        api.MapGet("runs", ListAsync);
        api.MapPost("runs", StartAsync);
        api.MapGet("runs/{id}", OneAsync);
        api.MapGet("runs/{id}/log", LogAsync);
    }

    private static async Task<IReadOnlyList<RunView>> ListAsync(string? repository, string? environment, string? trigger, string? state, bool? started, int? limit, RunStore store, RepositoryStore repositories, CancellationToken ct)
    {
        var query = Query.Read(repositories, repository, environment, trigger, limit);
        var rows = started is true && state is null
            ? await store.StartedAsync(query.Repository, query.Environment, query.Trigger, query.Limit, ct)
            : await store.ListAsync(query.Repository, query.Environment, query.Trigger, State(state), query.Limit, ct);
        return [.. rows.Select(row => View(row, repositories))];
    }

    private static async Task<RunView> OneAsync(string id, RunStore store, RepositoryStore repositories, CancellationToken ct) =>
        View(await FindAsync(id, store, ct), repositories);

    private static async Task<IResult> StartAsync(RunRequest request, ServedTriggers triggers, CancellationToken ct)
    {
        var row = await triggers.OneAsync(request.Repository, request.Environment, request.Trigger, ct);
        return await (await triggers.TargetOfAsync(row.Key, ct)).RunNowAsync(row.Key, request.Args, ct) switch
        {
            StageResult<RunRecord>.Done(var run) => Results.Json(Views.Of(run, row.RepositoryName), WebJson.Options, statusCode: StatusCodes.Status201Created),
            StageResult<RunRecord>.Rejected(var findings) => throw ProblemException.Conflict(findings[0].Message, findings[0].Fix),
            StageResult<RunRecord>.Retry(_, var reason) => throw ProblemException.Unavailable(reason, "Try it again."),
            StageResult<RunRecord>.Held(var reason, _) => throw ProblemException.Conflict(reason, ""),
            var other => throw new InvalidOperationException($"A run starts or is refused, never {other.GetType().Name}."),
        };
    }

    private static async Task LogAsync(string id, bool? follow, RunStore store, ServedTriggers triggers, HttpContext http)
    {
        var run = await FindAsync(id, store, http.RequestAborted);
        var target = await triggers.TargetOfAsync(run.Key, http.RequestAborted);
        await Streaming.LinesAsync(http, target.LogsAsync(run, follow ?? false, http.RequestAborted));
    }

    private static async Task<RunRecord> FindAsync(string id, RunStore store, CancellationToken ct) =>
        (RunId.TryParse(id, out var parsed) ? await store.FindAsync(parsed, ct) : null)
        ?? throw ProblemException.NotFound($"There is no run '{Shown.Text(id)}'.", "See 'gitops-triggers runs' for those there are.");

    private static RunState? State(string? text) => text is null ? null
        : Enum.TryParse<RunState>(text, ignoreCase: true, out var state) && Enum.IsDefined(state) ? state
        : throw ProblemException.BadRequest($"'{Shown.Text(text)}' is no state of a run.", $"Write one of {string.Join(", ", Enum.GetNames<RunState>()).ToLowerInvariant()}.");

    private static RunView View(RunRecord row, RepositoryStore repositories) =>
        Views.Of(row, repositories.NameOf(row.Repository));
}
