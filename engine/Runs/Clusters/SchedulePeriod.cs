using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Runs;

/// <summary>From when to when a release, and so its schedule, was in place.</summary>
internal sealed record SchedulePeriod(DeploymentRecord Release, CronSchedule Schedule, DateTimeOffset From, DateTimeOffset Until)
{
    /// <param name="newestFirst">A trigger's deployments.</param>
    /// <param name="until">What is due after it is not looked at yet.</param>
    /// <returns>Those with a schedule, oldest first. A trigger that was taken down had its last one until then, but nothing says when that was.</returns>
    public static IEnumerable<SchedulePeriod> Of(IReadOnlyList<DeploymentRecord> newestFirst, DateTimeOffset until)
    {
        for (var number = newestFirst.Count - 1; number >= 0; number--)
        {
            var release = newestFirst[number];
            var end = number > 0 && newestFirst[number - 1].DeployedAt < until ? newestFirst[number - 1].DeployedAt : until;
            if (!release.Pruned && release is { Schedule: { } expression, TimeZone: { } zone } && CronSchedule.TryParse(expression, zone, out var schedule, out _))
                yield return new SchedulePeriod(release, schedule, release.DeployedAt, end);
        }
    }
}
