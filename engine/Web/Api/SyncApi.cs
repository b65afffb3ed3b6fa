using GitOps.Triggers.Domain;
using GitOps.Triggers.Intake;
using GitOps.Triggers.Storage;

namespace GitOps.Triggers.Web;

/// <summary>What a push would do, on demand; and what failed to build by its own fault is built once more.</summary>
internal static class SyncApi
{
    public static void MapSync(this IEndpointRouteBuilder api) => api.MapPost("sync", SyncAsync);

    private static async Task<SyncReply> SyncAsync(SyncRequest request, RepositoryStore repositories, ServedKeys served, BuildStore builds, WorkQueue queue, EngineConfiguration configuration, TimeProvider time, CancellationToken ct)
    {
        var asked = Query.Read(repositories, request.Repository, request.Environment, null, null);
        if (asked.Environment is { } environment && configuration.Environments.All(one => one.Name != environment))
            throw ProblemException.NotFound($"There is no environment '{environment}'.", $"There is {string.Join(", ", configuration.Environments.Select(one => one.Name))}.");
        var keys = served.All.Where(key => (asked.Repository ?? key.Repository) == key.Repository && (asked.Environment ?? key.Environment) == key.Environment).ToList();
        if (keys.Count == 0)
            throw ProblemException.Conflict("No repository is connected, so there is nothing to look at.", "Connect one with 'gitops-triggers connect URL'.");
        var now = time.GetUtcNow();
        await builds.ForgetFailuresAsync(asked.Repository, ct);
        await queue.MarkAsync(keys, "asked for", ct);
        return new SyncReply(now, [.. keys.Select(key => new SyncedKey(repositories.NameOf(key.Repository), key.Environment.Value))]);
    }
}
