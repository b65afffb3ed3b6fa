using System.Diagnostics.CodeAnalysis;

namespace GitOps.Triggers.Domain;

/// <summary>When a trigger runs: a schedule in the language of the Kubernetes CronJob controller, and a time zone. All times that it gives are the controller's own.</summary>
internal sealed record CronSchedule
{
    private readonly CronFields fields;
    private readonly DueDays days;
    private readonly IanaTimeZone zone;

    private CronSchedule(string expression, CronFields fields, DueDays days, IanaTimeZone zone)
    {
        Expression = expression;
        (this.fields, this.days, this.zone) = (fields, days, zone);
    }

    /// <summary>What is written into a CronJob: a macro, or five fields with one space between them.</summary>
    public string Expression { get; }

    /// <summary>An IANA name.</summary>
    public string TimeZone => zone.Id;

    /// <summary>Reads a schedule without <c>H</c>: see <see cref="HashedSchedule"/>. Takes all that the controller takes, but no <c>TZ=</c>, no <c>@every</c>, and nothing that never runs.</summary>
    public static bool TryParse(string expression, IanaTimeZone zone, [NotNullWhen(true)] out CronSchedule? schedule, [NotNullWhen(false)] out ScheduleProblem? problem)
    {
        schedule = null;
        problem = ScheduleLimits.CheckLength(expression);
        if (problem is not null || !CronFields.TryParse(expression, out var fields, out problem))
            return false;
        var days = new DueDays(fields);
        problem = ScheduleLimits.CheckItRuns(expression, fields, days);
        if (problem is null)
            schedule = new CronSchedule(string.Join(' ', CronFields.Split(expression)), fields, days, zone);
        return schedule is not null;
    }

    /// <inheritdoc cref="TryParse(string, IanaTimeZone, out CronSchedule?, out ScheduleProblem?)"/>
    public static bool TryParse(string expression, string timeZone, [NotNullWhen(true)] out CronSchedule? schedule, [NotNullWhen(false)] out ScheduleProblem? problem)
    {
        schedule = null;
        return IanaTimeZone.TryParse(timeZone, out var zone, out problem) && TryParse(expression, zone, out schedule, out problem);
    }

    /// <exception cref="FormatException">It would be refused.</exception>
    public static CronSchedule Parse(string expression, string timeZone) => TryParse(expression, timeZone, out var schedule, out var problem)
        ? schedule
        : throw new FormatException($"{problem.Message} {problem.Fix}");

    /// <returns>The first start strictly after this instant, with the zone's offset; none within five years.</returns>
    public DateTimeOffset? Next(DateTimeOffset after) => ControllerWalk.Next(fields, days, zone, after);

    /// <returns>The next starts in order, at most <paramref name="count"/> of them.</returns>
    public IEnumerable<DateTimeOffset> Upcoming(DateTimeOffset after, int count)
    {
        for (var next = Next(after); count > 0 && next is { } start; next = Next(start), count--)
            yield return start;
    }

    /// <summary>What became due after <paramref name="since"/> (the last start, or when the schedule came to be) and not later than <paramref name="now"/>.</summary>
    public DueStarts Due(DateTimeOffset since, DateTimeOffset now) => DueStarts.Find(Next, since, now);

    /// <summary>The schedule in plain words, zone included where it matters: <c>every weekday at 09:00 Europe/Oslo</c>.</summary>
    public string Describe() => ScheduleWords.Describe(fields, TimeZone);

    public bool Equals(CronSchedule? other) => other is not null && (Expression, TimeZone) == (other.Expression, other.TimeZone);

    public override int GetHashCode() => HashCode.Combine(Expression, TimeZone);

    public override string ToString() => $"{Expression} {TimeZone}";
}
