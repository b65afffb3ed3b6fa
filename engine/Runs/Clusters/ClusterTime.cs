namespace GitOps.Triggers.Runs;

/// <summary>The API server's times, which are UTC and whole seconds. What never began did so in 1970, for some container runtimes.</summary>
internal static class ClusterTime
{
    public static DateTimeOffset? Of(DateTime? time) => time is { Year: > 1970 } at ? new DateTimeOffset(DateTime.SpecifyKind(at, DateTimeKind.Utc)) : null;
}
