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
        api.MapDelete("repositories", DisconnectAsync);
    }

    private static async Task<IReadOnlyList<RepositoryView>> ListAsync(RepositoryViews views, CancellationToken ct) => await views.AllAsync(ct);

    private static async Task<ConnectReply> ConnectAsync(ConnectRequest request, RepositoryStore repositories, ServedKeys served, WorkQueue queue, RepositoryViews views, EngineConfiguration configuration, CancellationToken ct)
    {
        if (!RepositoryUrl.TryParse(request.Url, out var url))
            throw ProblemException.BadRequest("That is not a URL that the engine can fetch from.", "Use https://, ssh:// or file:///, without a password in it; a token goes into a file (--git-token-file).");
        var settings = new RepositorySettings { Url = url, Name = request.Name, TokenFile = request.TokenFile, SshKeyFile = request.SshKeyFile };
        var result = await repositories.ConnectAsync(settings, ct);
        if (result is StageResult<ConnectedRepository>.Rejected(var findings))
            throw ProblemException.Conflict(findings[0].Message, findings[0].Fix);
        var connected = ((StageResult<ConnectedRepository>.Done)result).Value;
        await queue.MarkAsync(served.Of(connected.Id), "connected", CancellationToken.None);
        return new ConnectReply(
            await views.OneAsync(connected, ct),
            WebhookUrl(configuration),
            configuration.WebhookSecretFiles[0]);
    }

    private static async Task<DisconnectReply> DisconnectAsync(string repository, bool? suspend, RepositoryStore repositories, StatusStore statuses, ServedKeys served, WorkQueue queue, EngineConfiguration configuration, CancellationToken ct)
    {
        switch (await repositories.DisconnectAsync(repository, takeDown: suspend is not true, ct))
        {
            case StageResult<RetiredRepository>.Done(var retired):
                // Also where it was before an environment left engine.yaml: something of it may stand there.
                var passed = (await statuses.PassesAsync(retired.Id, CancellationToken.None)).Select(pass => pass.Key);
                await queue.MarkAsync(served.Of(retired.Id).Concat(passed), "disconnected", CancellationToken.None);
                return new DisconnectReply(retired.Name, retired.Url.Value, retired.TakeDown, WebhookUrl(configuration));
            case StageResult<RetiredRepository>.Rejected(var findings):
                throw ProblemException.Conflict(findings[0].Message, findings[0].Fix);
            default:
                throw Query.NotConnected(repositories, repository);
        }
    }

    private static string WebhookUrl(EngineConfiguration configuration) => new Uri(configuration.Url, "/api/github/webhooks").ToString();
}
