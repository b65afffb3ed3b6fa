using GitOps.Triggers.Clusters;
using GitOps.Triggers.Domain;
using k8s.Models;

namespace GitOps.Triggers.Deployment;

/// <summary>
/// What an environment's CronJobs were applied from and how they looked then, so that one nobody has changed costs no write, and while a watch
/// tells of every change, no question either. It is made again from the cluster after a restart.
/// </summary>
internal sealed class AppliedObjects
{
    private readonly Lock gate = new();
    private readonly Dictionary<(string Space, string Name), Known> known = [];
    private readonly HashSet<(string Space, string Name)> inHand = [];
    private readonly HashSet<string> watched = new(StringComparer.Ordinal);
    private bool allWatched;

    /// <summary>A watch shows every change in a namespace, or, when none is named, in all; or it does so no more.</summary>
    public void Watched(string? space, bool isWatched)
    {
        lock (gate)
        {
            if (space is null)
                allWatched = isWatched;
            else if (isWatched)
                watched.Add(space);
            else
                watched.Remove(space);
        }
    }

    /// <returns>Whether this is what was applied, and a watch would have told of any change since.</returns>
    public bool Holds(V1CronJob marked)
    {
        lock (gate)
            return IsWatched(marked) && Find(marked) is { Looks: not null };
    }

    /// <returns>The uid of what stands there, be it applied from this or something else; none when a watch would not have told of a change to it.</returns>
    public string? Standing(V1CronJob marked)
    {
        lock (gate)
            return IsWatched(marked) && known.TryGetValue(Id(marked), out var one) && one.Looks is not null ? one.Uid : null;
    }

    /// <returns>Whether an object looks as it did when this was applied.</returns>
    public bool IsUnchanged(V1CronJob marked, V1CronJob found)
    {
        lock (gate)
            return Find(marked) is { Looks: { } looks } && looks == Fingerprint.Of(found);
    }

    /// <summary>To be called before an object is written: what a watch shows of it until it is <see cref="Settled"/> is the engine's own doing.</summary>
    public void Applying(V1CronJob marked)
    {
        lock (gate)
            inHand.Add(Id(marked));
    }

    public void Applied(TriggerKey key, V1CronJob marked, V1CronJob stands)
    {
        var one = new Known(key.Work, AppliedMark.Of(marked), Fingerprint.Of(stands), stands.Metadata.Uid, stands.Metadata.ResourceVersion);
        lock (gate)
            known[Id(marked)] = one;
    }

    /// <summary>It is no longer being written, whatever came of it.</summary>
    public void Settled(V1CronJob marked)
    {
        lock (gate)
            inHand.Remove(Id(marked));
    }

    public void Forget(V1CronJob one)
    {
        lock (gate)
            known.Remove(Id(one));
    }

    /// <returns>Whose CronJob somebody else has changed; none when it is as it was, or not known.</returns>
    public WorkKey? Changed(V1CronJob seen)
    {
        lock (gate)
        {
            if (inHand.Contains(Id(seen)) || !known.TryGetValue(Id(seen), out var one) || one.Version == seen.Metadata.ResourceVersion)
                return null;
            var looks = one.Looks == Fingerprint.Of(seen) ? one.Looks : null;
            known[Id(seen)] = one with { Looks = looks, Version = seen.Metadata.ResourceVersion };
            if (looks is not null)
                return null;
            return one.Looks is null ? null : one.Key;
        }
    }

    /// <returns>Whose CronJob it was; none when it is not known, as one that the engine has taken down.</returns>
    public WorkKey? Gone(V1CronJob gone)
    {
        lock (gate)
            return !inHand.Contains(Id(gone)) && known.Remove(Id(gone), out var one) ? one.Key : null;
    }

    /// <summary>All that there is in a namespace, or anywhere: whose are changed, and whose are missing.</summary>
    public IReadOnlyList<WorkKey> Compare(string? space, IReadOnlyList<V1CronJob> listed)
    {
        var changed = listed.Select(Changed).OfType<WorkKey>().ToList();
        var there = listed.Select(Id).ToHashSet();
        lock (gate)
        {
            var missing = known.Where(pair => (space is null || pair.Key.Space == space) && !there.Contains(pair.Key) && !inHand.Contains(pair.Key)).ToList();
            missing.ForEach(pair => known.Remove(pair.Key));
            return [.. changed.Concat(missing.Select(pair => pair.Value.Key)).Distinct()];
        }
    }

    private bool IsWatched(V1CronJob one) => allWatched || watched.Contains(one.Metadata.NamespaceProperty);

    private Known? Find(V1CronJob marked) => known.TryGetValue(Id(marked), out var one) && one.Mark == AppliedMark.Of(marked) ? one : null;

    private static (string Space, string Name) Id(V1CronJob one) => (one.Metadata.NamespaceProperty, one.Metadata.Name);

    /// <param name="Key">Whose it is.</param>
    /// <param name="Mark">What it was applied from.</param>
    /// <param name="Looks">How it looked then; none: somebody has changed it since, and a pass is to look at it.</param>
    /// <param name="Uid">Another one of the same name is not it.</param>
    /// <param name="Version">Of the write that was looked at last: what is told of it once more need not be looked at again.</param>
    private sealed record Known(WorkKey Key, string? Mark, string? Looks, string? Uid, string? Version);
}
