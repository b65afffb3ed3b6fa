namespace GitOps.Triggers.Domain;

/// <summary>What this product refuses although the controller's language has it.</summary>
internal static class ScheduleLimits
{
    /// <summary>Longest text that is looked at, in characters.</summary>
    public const int LongestExpression = 256;

    /// <summary>Which one does not matter: the calendar repeats itself, leap years included, long before Cronos gives up (in 2499).</summary>
    private static readonly DateTime AnyDay = new(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    public static ScheduleProblem? CheckLength(string expression) => expression.Length <= LongestExpression ? null : new()
    {
        Message = FormattableString.Invariant($"The schedule is {expression.Length} characters long; at most {LongestExpression} are read."),
        Fix = "Write five fields with ranges and steps, such as '*/15 9-17 * * MON-FRI'.",
    };

    /// <summary>The controller takes a schedule that never runs, and looks five years ahead in vain at every turn.</summary>
    public static ScheduleProblem? CheckItRuns(string expression, CronFields fields, DueDays days)
    {
        if (fields.Minutes.IsEmpty || fields.Hours.IsEmpty || fields.Months.IsEmpty || (fields.DaysOfMonth.IsEmpty && fields.DaysOfWeek.IsEmpty))
        {
            return new()
            {
                Message = $"The schedule '{Shown.Text(expression)}' never runs: a field has no value.",
                Fix = "Write * where every value will do.",
            };
        }
        return days.OnOrAfter(AnyDay) is not null ? null : new()
        {
            Message = $"The schedule '{Shown.Text(expression)}' never runs: no month that it names has such a day.",
            Fix = "Write a day that the month has; every month has 1 to 28.",
        };
    }
}
