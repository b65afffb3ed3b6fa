using System.Threading.Channels;
using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Intake;

/// <summary>
/// Which key is next. In memory, and without a clock: the store holds what is due, this only says in which order and how many at a time.
/// No repository gets more than its part of the places, and the one that was served longest ago is next, so that many marks or hanging
/// passes of one never keep another from its turn; nor is a key taken more often than its <see cref="WorkPace"/>. A pass that waits for a build
/// steps aside: it keeps its key and gives its place back.
/// Not safe for several threads at once.
/// </summary>
/// <param name="places">Passes at a time.</param>
/// <param name="mostOfOne">Of one repository; none: a quarter of them.</param>
internal sealed class WorkSchedule(int places, int? mostOfOne = null)
{
    /// <summary>More than these keep their places: what a pass has read stays in memory while it waits.</summary>
    private readonly int mostAside = 16 * places;
    private readonly int placesPerRepository = mostOfOne ?? Math.Max(1, places / 4);
    private readonly Dictionary<WorkKey, DateTimeOffset> waiting = [];
    private readonly Dictionary<WorkKey, Channel<bool>> running = [];
    private readonly HashSet<WorkKey> aside = [];
    private readonly Dictionary<WorkKey, long> asked = [];
    private readonly Dictionary<RepositoryId, Turn> turns = [];
    private readonly WorkPace pace = new();
    private long served;

    /// <summary>Makes the key due; when a pass runs for it, lets that pass know.</summary>
    /// <param name="key">The key.</param>
    /// <param name="dueAt">When.</param>
    /// <param name="at">The time stamp of the mark; none: whatever its pass reads has to be read anew.</param>
    /// <returns>Whether that is news: it did not wait yet, or for longer.</returns>
    public bool Mark(WorkKey key, DateTimeOffset dueAt, long? at = null)
    {
        if (at is { } time)
            asked[key] = time;
        else
            asked.Remove(key);
        if (running.TryGetValue(key, out var marks))
            marks.Writer.TryWrite(true);
        return Wait(key, dueAt);
    }

    /// <summary>Takes the next key that is due, and a place with it.</summary>
    /// <returns>Where the pass hears of marks, and the time stamp of the last one; none when nothing is due or no place is free.</returns>
    public (WorkKey Key, ChannelReader<bool> Marks, long? Asked)? Take(DateTimeOffset now)
    {
        if (running.Count - aside.Count >= places)
            return null;
        var key = waiting
            .Where(item => item.Value <= now && pace.Next(item.Key, now) <= now && !running.ContainsKey(item.Key) && TurnOf(item.Key).Running < placesPerRepository)
            .Select(item => item.Key)
            .MinBy(key => (TurnOf(key).Running, TurnOf(key).Last, waiting[key]));
        if (key is null)
            return null;
        waiting.Remove(key);
        pace.Took(key, now);
        turns[key.Repository] = new Turn(TurnOf(key).Running + 1, ++served);
        var marks = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        running.Add(key, marks);
        return (key, marks.Reader, asked.Remove(key, out var at) ? at : null);
    }

    /// <summary>Gives the place to others while the pass of this key waits.</summary>
    /// <returns>Whether a place has become free.</returns>
    public bool StepAside(WorkKey key)
    {
        if (!running.ContainsKey(key) || aside.Count >= mostAside || !aside.Add(key))
            return false;
        Leave(key);
        return true;
    }

    /// <summary>The pass goes on, at once: for a moment there may be more of them than places.</summary>
    public void StepBack(WorkKey key)
    {
        if (aside.Remove(key))
            turns[key.Repository] = TurnOf(key) with { Running = TurnOf(key).Running + 1 };
    }

    /// <summary>Gives the place back.</summary>
    /// <param name="key">The key that was taken.</param>
    /// <param name="dueAt">When it is due again; none when nothing is left to do.</param>
    public void Finish(WorkKey key, DateTimeOffset? dueAt)
    {
        StepBack(key);
        running.Remove(key);
        Leave(key);
        if (dueAt is { } time)
            Wait(key, time);
    }

    /// <summary>When something may be taken that may not yet.</summary>
    public DateTimeOffset? NextDue(DateTimeOffset now)
    {
        var later = waiting.Select(item => item.Value > now ? item.Value : pace.Next(item.Key, now)).Where(next => next > now).ToList();
        return later.Count > 0 ? later.Min() : null;
    }

    private bool Wait(WorkKey key, DateTimeOffset dueAt)
    {
        var isKnown = waiting.TryGetValue(key, out var before);
        waiting[key] = isKnown && before < dueAt ? before : dueAt;
        return !isKnown || dueAt < before;
    }

    private void Leave(WorkKey key) => turns[key.Repository] = TurnOf(key) with { Running = TurnOf(key).Running - 1 };

    private Turn TurnOf(WorkKey key) => turns.GetValueOrDefault(key.Repository);

    private readonly record struct Turn(int Running, long Last);
}
