using k8s;
using k8s.Models;

namespace GitOps.Triggers.Clusters;

/// <summary>Every kind of object that the engine watches.</summary>
internal static class WatchSources
{
    private const int PageSize = 500;

    /// <summary>The server ends a watch after this long; a connection that died unseen is noticed by then at the latest.</summary>
    private const int Seconds = 290;

    public static readonly WatchSource<V1CronJob> CronJobs = new()
    {
        Name = "CronJobs",
        List = async (client, space, selector, from, ct) =>
        {
            var list = space is null
                ? await client.BatchV1.ListCronJobForAllNamespacesAsync(labelSelector: selector, limit: PageSize, continueParameter: from, cancellationToken: ct)
                : await client.BatchV1.ListNamespacedCronJobAsync(space, labelSelector: selector, limit: PageSize, continueParameter: from, cancellationToken: ct);
            return ([.. list.Items], list.Metadata);
        },
        Watch = (client, space, selector, version, onError, ct) => space is null
            ? client.BatchV1.WatchListCronJobForAllNamespacesAsync(labelSelector: selector, resourceVersion: version, allowWatchBookmarks: true, timeoutSeconds: Seconds, onError: onError, cancellationToken: ct)
            : client.BatchV1.WatchListNamespacedCronJobAsync(space, labelSelector: selector, resourceVersion: version, allowWatchBookmarks: true, timeoutSeconds: Seconds, onError: onError, cancellationToken: ct),
    };

    public static readonly WatchSource<V1Job> Jobs = new()
    {
        Name = "Jobs",
        List = async (client, space, selector, from, ct) =>
        {
            var list = space is null
                ? await client.BatchV1.ListJobForAllNamespacesAsync(labelSelector: selector, limit: PageSize, continueParameter: from, cancellationToken: ct)
                : await client.BatchV1.ListNamespacedJobAsync(space, labelSelector: selector, limit: PageSize, continueParameter: from, cancellationToken: ct);
            return ([.. list.Items], list.Metadata);
        },
        Watch = (client, space, selector, version, onError, ct) => space is null
            ? client.BatchV1.WatchListJobForAllNamespacesAsync(labelSelector: selector, resourceVersion: version, allowWatchBookmarks: true, timeoutSeconds: Seconds, onError: onError, cancellationToken: ct)
            : client.BatchV1.WatchListNamespacedJobAsync(space, labelSelector: selector, resourceVersion: version, allowWatchBookmarks: true, timeoutSeconds: Seconds, onError: onError, cancellationToken: ct),
    };

    public static readonly WatchSource<V1Pod> Pods = new()
    {
        Name = "Pods",
        List = async (client, space, selector, from, ct) =>
        {
            var list = space is null
                ? await client.CoreV1.ListPodForAllNamespacesAsync(labelSelector: selector, limit: PageSize, continueParameter: from, cancellationToken: ct)
                : await client.CoreV1.ListNamespacedPodAsync(space, labelSelector: selector, limit: PageSize, continueParameter: from, cancellationToken: ct);
            return ([.. list.Items], list.Metadata);
        },
        Watch = (client, space, selector, version, onError, ct) => space is null
            ? client.CoreV1.WatchListPodForAllNamespacesAsync(labelSelector: selector, resourceVersion: version, allowWatchBookmarks: true, timeoutSeconds: Seconds, onError: onError, cancellationToken: ct)
            : client.CoreV1.WatchListNamespacedPodAsync(space, labelSelector: selector, resourceVersion: version, allowWatchBookmarks: true, timeoutSeconds: Seconds, onError: onError, cancellationToken: ct),
    };
}
