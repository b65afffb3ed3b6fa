using GitOps.Triggers.Domain;
using GitOps.Triggers.Intake;
using GitOps.Triggers.Storage;

namespace GitOps.Triggers.Web;

internal static class RepositoriesApi
{
    public static void MapRepositories(this IEndpointRouteBuilder api)
    {
        api.MapGet("repositories", ListAsync);
        api.MapPost("repositories", ConnectAsync);
        api.MapPost("repositories/{**name}", SyncAsync);
    }

    private static async Task<IReadOnlyList<RepositoryView>> ListAsync(RepositoryViews views, CancellationToken ct) => await views.AllAsync(ct);

    private static async Task<ConnectReply> ConnectAsync(ConnectRequest request, RepositoryStore repositories, WorkQueue queue, RepositoryViews views, EngineConfiguration configuration, CancellationToken ct)
    {
        if (!RepositoryUrl.TryParse(request.Url, out var url))
            throw ProblemException.BadRequest("That is not a URL that the engine can fetch from.", "Use https://, ssh:// or file:///, without a password in it; a token goes into a file (--git-token-file).");
        var settings = new RepositorySettings { Url = url, Name = request.Name, TokenFile = request.TokenFile, SshKeyFile = request.SshKeyFile };
        var result = await repositories.ConnectAsync(settings, ct);
        if (result is StageResult<ConnectedRepository>.Rejected(var findings))
            throw ProblemException.Conflict(findings[0].Message, findings[0].Fix);
        var connected = ((StageResult<ConnectedRepository>.Done)result).Value;
        await queue.MarkAsync(configuration.Environments.Select(environment => new WorkKey(connected.Id, environment.Name)), "connected", ct);
        return new ConnectReply(
            await views.OneAsync(connected, ct),
            new Uri(configuration.Url, "/api/github/webhooks").ToString(),
            configuration.WebhookSecretFiles[0]);
    }

    private static async Task<IResult> SyncAsync(string name, RepositoryStore repositories, WorkQueue queue, EngineConfiguration configuration, CancellationToken ct)
    {
        const string Suffix = "/sync";
        if (!name.EndsWith(Suffix, StringComparison.Ordinal))
            throw ProblemException.NotFound("There is no such address.", "POST /api/v1/repositories/NAME/sync looks at a repository now.");
        var connected = Query.Find(repositories, name[..^Suffix.Length]);
        await queue.MarkAsync(configuration.Environments.Select(environment => new WorkKey(connected.Id, environment.Name)), "asked for", ct);
        return Results.Accepted();
    }
}
