using GitOps.Triggers.Domain;
using GitOps.Triggers.Runs;

namespace GitOps.Triggers.Tests.Runs.Replays;

/// <summary>Goes through a scenario from event to event by the clock's pure decision alone: what the clock stores after each is kept here as the store would.</summary>
internal sealed class DecisionReplay
{
    private readonly ReplayScenario scenario;
    private readonly List<(DateTimeOffset End, RunRecord Run)> active = [];
    private readonly HashSet<DateTimeOffset> manyMissed = [];
    private CronJobState state;
    private DateTimeOffset? wake;
    private bool isUp = true;
    private int starts;

    public DecisionReplay(ReplayScenario scenario)
    {
        this.scenario = scenario;
        state = new CronJobState
        {
            Schedule = Parse(scenario.Schedule, scenario.TimeZone),
            ConcurrencyPolicy = scenario.ConcurrencyPolicy,
            StartingDeadline = scenario.StartingDeadline,
            ScheduleSince = scenario.From,
            RecordedUntil = scenario.From,
        };
    }

    public ReplayLedger Ledger { get; } = new();

    /// <summary>The seconds at which a look found more than a hundred due times.</summary>
    public IEnumerable<DateTimeOffset> ManyMissed => manyMissed.Order();

    public DecisionReplay Run()
    {
        Look(scenario.From);
        var actions = new Queue<ReplayAction>(scenario.Actions);
        while (Next(actions) is { } now && now < scenario.Until)
        {
            if (active.RemoveAll(run => run.End <= now) > 0)
                Look(now);
            while (actions.TryPeek(out var action) && action.At <= now)
                Act(actions.Dequeue());
            if (wake <= now)
                Look(now);
        }
        return this;
    }

    private DateTimeOffset? Next(Queue<ReplayAction> actions) => active.Select(run => (DateTimeOffset?)run.End)
        .Append(actions.TryPeek(out var action) ? action.At : null)
        .Append(isUp ? wake : null)
        .Min();

    private void Act(ReplayAction action)
    {
        isUp = action.Do switch { "down" => false, "up" => true, _ => isUp };
        state = action.Do switch
        {
            "suspend" => state with { Suspended = true },
            "resume" => state with { Suspended = false },
            "schedule" => state with { Schedule = Parse(action.Schedule!, action.TimeZone!), ScheduleSince = action.At },
            _ => state,
        };
        Look(action.At);
    }

    private void Look(DateTimeOffset now)
    {
        if (!isUp)
            return;
        var decision = CronJobController.Decide(state with { Active = [.. active.Select(run => run.Run)] }, now);
        wake = decision.Wake;
        CountMissed(now);
        if (decision.IsNothing)
            return;
        Ledger.PassedOver(decision.PassedOver, decision.Start is not null);
        foreach (var replaced in decision.Replaced)
        {
            active.RemoveAll(run => run.Run == replaced);
            Ledger.Replaced(replaced.ScheduledFor);
        }
        state = state with { RecordedUntil = now };
        if (decision.Start is { } due)
            Start(due, now);
    }

    private void Start(DateTimeOffset due, DateTimeOffset now)
    {
        if (!Ledger.Started(due, now))
            throw new InvalidOperationException($"{scenario.Name}: {due:u} was started twice.");
        state = state with { LastScheduledFor = due };
        var run = new RunRecord
        {
            Id = RunId.Parse($"job-{due.ToUnixTimeSeconds() / 60}"),
            Key = Jobs.Key("job"),
            Origin = RunOrigin.Schedule,
            ScheduledFor = due,
            State = RunState.Running,
            Commit = Jobs.Commit,
            Image = Jobs.NoImage,
        };
        active.Add((now.AddSeconds(scenario.JobSeconds[starts++ % scenario.JobSeconds.Count]), run));
    }

    /// <summary>By the same count as the controller's: from the last start on, or from the deadline's begin.</summary>
    private void CountMissed(DateTimeOffset now)
    {
        if (state.Suspended || state.Schedule is null)
            return;
        var since = state.LastScheduledFor is { } last && last > state.ScheduleSince ? last : state.ScheduleSince;
        if (state.StartingDeadline is { } deadline && now - deadline > since)
            since = now - deadline;
        // No schedule has more than one due time a minute.
        if (now - since < TimeSpan.FromMinutes(100))
            return;
        if (state.Schedule.Due(since, now) is { MostRecent: not null, Count: > 100 })
            manyMissed.Add(now.AddTicks(-(now.Ticks % TimeSpan.TicksPerSecond)));
    }

    private static CronSchedule? Parse(string expression, string zone) => CronSchedule.TryParse(expression, zone, out var schedule, out _) ? schedule : null;
}
