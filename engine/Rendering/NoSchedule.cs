namespace GitOps.Triggers.Rendering;

/// <summary>
/// How a trigger without a schedule is rendered. A CronJob must have one, so it gets one that never comes, and is suspended besides:
/// Kubernetes accepts both, and neither a manual resume nor a date makes it run.
/// </summary>
internal static class NoSchedule
{
    /// <summary>The thirty-first of February.</summary>
    public const string Expression = "0 0 31 2 *";

    public const string TimeZone = "Etc/UTC";

    public const string Words = "awaiting schedule: runs only on demand";
}
