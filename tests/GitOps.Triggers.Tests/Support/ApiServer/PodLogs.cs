using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;

namespace GitOps.Triggers.Tests.Support.ApiServer;

/// <summary>The <c>log</c> of pods.</summary>
internal sealed class PodLogs(Store store)
{
    private readonly ConcurrentDictionary<(string Namespace, string Pod, string Container), PodLog> logs = new();

    /// <summary>A container that has a log has started.</summary>
    public PodLog Of(string space, string pod, string container) => logs.GetOrAdd((space, pod, container), _ => new PodLog());

    public Task AnswerAsync(HttpContext context, ApiRequest request, CancellationToken cancellationToken)
    {
        var pod = store.Find(Resource.Pods, request.Namespace, request.Name) ?? throw ApiException.NotFound(Resource.Pods, request.Name);
        var names = pod["spec"].Items("containers").Concat(pod["spec"].Items("initContainers")).Select(one => Json.Text(one, "name")).ToList();
        var container = request["container"] is { Length: > 0 } asked ? asked : names[0];
        if (request["container"].Length == 0 && names.Count > 1)
            throw ApiException.BadRequest($"a container name must be specified for pod {request.Name}, choose one of: [{string.Join(' ', names)}]");
        if (!names.Contains(container))
            throw ApiException.BadRequest($"container {container} is not valid for pod {request.Name}");
        return logs.TryGetValue((request.Namespace, request.Name, container), out var log)
            ? log.AnswerAsync(context, request, cancellationToken)
            : throw ApiException.BadRequest($"container \"{container}\" in pod \"{request.Name}\" is waiting to start: ContainerCreating");
    }
}
