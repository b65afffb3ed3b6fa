using Cronos;

namespace GitOps.Triggers.Domain;

/// <summary>
/// The days on which a schedule is due, by the calendar alone. This is the part that Cronos has right, and does fast, once it is told nothing
/// that it would read differently: the day fields go to it as plain lists, one of them at a time where the controller wants either and Cronos
/// would want both, and in UTC, so that its own rules for daylight saving never apply (<see cref="ControllerWalk"/> has the controller's).
/// </summary>
internal sealed class DueDays
{
    private readonly CronExpression[] rules;

    public DueDays(CronFields fields)
    {
        string days = List(fields.DaysOfMonth), months = List(fields.Months), weekdays = List(fields.DaysOfWeek);
        string[][] wanted = fields.BothDaysMustMatch
            ? [[days, months, weekdays]]
            : [[days, months, "*"], ["*", months, weekdays]];
        // A field without any value matches no day, and cannot be written down for Cronos.
        rules = [.. wanted.Where(parts => parts.All(part => part.Length > 0)).Select(parts => CronExpression.Parse("0 0 " + string.Join(' ', parts)))];
    }

    /// <summary>The first due day that is not before this one; none when there is no such day.</summary>
    public DateTime? OnOrAfter(DateTime day)
    {
        DateTime? first = null;
        foreach (var rule in rules)
        {
            var next = rule.GetNextOccurrence(DateTime.SpecifyKind(day.Date, DateTimeKind.Utc), inclusive: true);
            if (first is null || next < first)
                first = next;
        }
        return first;
    }

    private static string List(CronField field) => string.Join(',', field.Values);
}
