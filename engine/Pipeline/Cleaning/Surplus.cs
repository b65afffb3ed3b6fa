using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Pipeline;

/// <summary>Which records of one repository nobody needs any more. Pure; what is young is kept, however much of it there is.</summary>
internal static class Surplus
{
    /// <summary>
    /// Kept are each trigger's newest in each environment, to roll back to, unless it was taken down so long ago that nobody will; and of an image that is among those anywhere, its first and last
    /// deployment in every environment: they tell the gates how long it has been there, and which image of its inputs came last.
    /// </summary>
    /// <param name="deployments">All of the repository, newest first.</param>
    /// <param name="limits">How many are kept, and for how long.</param>
    /// <param name="now">The time.</param>
    public static IReadOnlyList<DeploymentRecord> Deployments(IReadOnlyList<DeploymentRecord> deployments, Limits limits, DateTimeOffset now)
    {
        var triggers = deployments.GroupBy(row => row.Key).ToList();
        var kept = triggers.Where(rows => !(rows.First().PrunedAt <= now - limits.RecordsKeptFor)).SelectMany(rows => rows.Take(limits.DeploymentsKept))
            .Concat(deployments.Where(row => row.DeployedAt > now - limits.RecordsKeptFor))
            .ToHashSet();
        var images = kept.Select(row => row.Image).ToHashSet();
        foreach (var same in deployments.Where(row => images.Contains(row.Image)).GroupBy(row => (row.Key, row.Image)))
            kept.UnionWith([same.First(), same.Last()]);
        // Of whatever is kept, the newest says whether it stands or was taken down.
        kept.UnionWith(triggers.Where(rows => rows.Any(kept.Contains)).Select(rows => rows.First()).ToList());
        return [.. deployments.Where(row => !kept.Contains(row))];
    }

    /// <summary>Kept are the newest of each trigger that there still is, those that go on, and those whose image is deployed or can be rolled back to: without them it would be built again.</summary>
    /// <param name="builds">All of the repository, newest first.</param>
    /// <param name="deployments">Those of the repository that stay.</param>
    /// <param name="declared">The triggers that the last passes found on the repository's branches, refused ones too.</param>
    /// <param name="limits">How many are kept, and for how long.</param>
    /// <param name="now">The time.</param>
    public static IReadOnlyList<BuildRecord> Builds(IReadOnlyList<BuildRecord> builds, IReadOnlyList<DeploymentRecord> deployments, IReadOnlySet<TriggerName> declared, Limits limits, DateTimeOffset now)
    {
        var triggers = deployments.Select(row => row.Trigger).Concat(declared).ToHashSet();
        var newest = builds.Where(row => triggers.Contains(row.Trigger)).GroupBy(row => (row.Environment, row.Trigger)).SelectMany(rows => rows.Take(limits.BuildsKept)).ToHashSet();
        var images = deployments.Select(row => row.Image).ToHashSet();
        return [.. builds.Where(row => row is { FinishedAt: { } finished, State: not (BuildState.Running or BuildState.Waiting) }
            && finished <= now - limits.RecordsKeptFor && !newest.Contains(row) && !(row.Image is { } image && images.Contains(image)))];
    }
}
