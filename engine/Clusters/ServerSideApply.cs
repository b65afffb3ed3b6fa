using k8s;
using k8s.Models;

namespace GitOps.Triggers.Clusters;

/// <summary>
/// Makes the cluster hold an object, by server-side apply: look, try, compare, and write only on a difference. What the server adds by itself
/// (defaults, a status) is no difference, since both sides of the comparison have it.
/// </summary>
/// <seealso href="https://kubernetes.io/docs/reference/using-api/server-side-apply/"/>
internal static class ServerSideApply
{
    /// <param name="cluster">Where.</param>
    /// <param name="kind">The calls for it.</param>
    /// <param name="desired">All that the engine owns of it, and nothing else.</param>
    /// <param name="isOurs">Whether an object that is there is the engine's own and may be written.</param>
    /// <param name="mayCorrect">Whether a difference is to be written; a missing object is made in any case.</param>
    /// <param name="ct">Ends the calls.</param>
    /// <exception cref="ClusterException">A call failed.</exception>
    public static Task<Applied<T>> ApplyAsync<T>(
        Cluster cluster, ResourceKind<T> kind, T desired, Func<T, bool> isOurs, bool mayCorrect, CancellationToken ct)
        where T : class, IKubernetesObject<V1ObjectMeta> =>
        ApplyAsync(cluster, kind, desired, new ApplyRules<T> { IsOurs = isOurs, MayCorrect = _ => mayCorrect }, ct);

    /// <exception cref="ClusterException">A call failed.</exception>
    public static async Task<Applied<T>> ApplyAsync<T>(Cluster cluster, ResourceKind<T> kind, T desired, ApplyRules<T> rules, CancellationToken ct)
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        var found = await cluster.FindAsync($"read {kind.Describe(desired)}", client => kind.Read(client, desired, ct), ct);
        if (found is null)
            return new(ApplyOutcome.Created, await SendAsync(cluster, kind, desired, dryRun: false, ct));
        if (!rules.IsOurs(found))
            return new(ApplyOutcome.Foreign, found);
        if (rules.IsAsApplied(found) || (!rules.IsKnownToDiffer(found) && SaysTheSame(found, await SendAsync(cluster, kind, desired, dryRun: true, ct))))
            return new(ApplyOutcome.Unchanged, found);
        return rules.MayCorrect(found)
            ? new(ApplyOutcome.Changed, await SendAsync(cluster, kind, desired, dryRun: false, ct))
            : new(ApplyOutcome.Drifted, found);
    }

    /// <summary>
    /// As above, for what is known to be the engine's own and to differ: without a look. With its uid among <paramref name="desired"/>, an object that
    /// somebody has put in its place, or none at all, is a refusal.
    /// </summary>
    /// <exception cref="ClusterException">The call failed.</exception>
    public static Task<T> ReplaceAsync<T>(Cluster cluster, ResourceKind<T> kind, T desired, CancellationToken ct)
        where T : class, IKubernetesObject<V1ObjectMeta> => SendAsync(cluster, kind, desired, dryRun: false, ct);

    /// <summary>Whether the server would take it; nothing is changed.</summary>
    /// <exception cref="ClusterException">It would not.</exception>
    public static Task RehearseAsync<T>(Cluster cluster, ResourceKind<T> kind, T desired, CancellationToken ct)
        where T : class, IKubernetesObject<V1ObjectMeta> => SendAsync(cluster, kind, desired, dryRun: true, ct);

    private static Task<T> SendAsync<T>(Cluster cluster, ResourceKind<T> kind, T desired, bool dryRun, CancellationToken ct)
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        var patch = new V1Patch(KubernetesJson.Serialize(desired), V1Patch.PatchType.ApplyPatch);
        // With force: what somebody else has set in a field of the engine's is drift, and what is drift is corrected.
        var options = new ApplyOptions(dryRun ? "All" : null, Force: true);
        return cluster.CallAsync($"apply {kind.Describe(desired)}", client => kind.Patch(client, desired, patch, options, ct), ct);
    }

    private static bool SaysTheSame<T>(T found, T tried)
        where T : class, IKubernetesObject<V1ObjectMeta> => Fingerprint.Of(found) == Fingerprint.Of(tried);
}
