namespace GitOps.Triggers.Runs;

/// <summary>Which CronJob is to be looked at next: a heap over all of them, so that ten thousand that rest cost nothing. Used by one at a time.</summary>
internal sealed class ScheduleBoard
{
    private readonly Dictionary<string, (ScheduledCronJob CronJob, long Ticket)> cronJobs = new(StringComparer.Ordinal);
    private readonly PriorityQueue<(string Name, long Ticket), DateTimeOffset> wakes = new();
    private long tickets;

    public DateTimeOffset? NextWake => Cleaned() && wakes.TryPeek(out _, out var at) ? at : null;

    public int Count => cronJobs.Count;

    /// <summary>Sets when it is looked at next; what was set before no longer counts.</summary>
    public void Set(ScheduledCronJob cronJob, DateTimeOffset? wake)
    {
        var ticket = ++tickets;
        cronJobs[cronJob.Row.Name] = (cronJob, ticket);
        if (wake is { } at)
            wakes.Enqueue((cronJob.Row.Name, ticket), at);
    }

    public void Remove(string name) => cronJobs.Remove(name);

    /// <summary>Takes those whose time has come, at most <paramref name="most"/>. Each one is set again by the caller.</summary>
    public IReadOnlyList<ScheduledCronJob> TakeDue(DateTimeOffset now, int most)
    {
        var due = new List<ScheduledCronJob>();
        while (due.Count < most && NextWake <= now)
            due.Add(cronJobs[wakes.Dequeue().Name].CronJob);
        return due;
    }

    /// <summary>Drops what was set before and no longer counts.</summary>
    private bool Cleaned()
    {
        while (wakes.TryPeek(out var first, out _) && !(cronJobs.TryGetValue(first.Name, out var standing) && standing.Ticket == first.Ticket))
            wakes.Dequeue();
        return true;
    }
}
