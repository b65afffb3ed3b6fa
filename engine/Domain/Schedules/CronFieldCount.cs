namespace GitOps.Triggers.Domain;

/// <summary>Explains a schedule that does not have five fields. What stood in the way is often recognisable.</summary>
internal static class CronFieldCount
{
    private const string Order = "minute, hour, day of month, month, day of week";

    public static ScheduleProblem? Check(string expression, string[] fields)
    {
        if (fields.Length == 0)
        {
            return new()
            {
                Message = "The schedule is empty.",
                Fix = "Write five fields, such as '0 9 * * MON-FRI', or leave the schedule out: the trigger then runs on demand only.",
            };
        }
        if (fields[0].StartsWith("TZ=", StringComparison.Ordinal) || fields[0].StartsWith("CRON_TZ=", StringComparison.Ordinal))
            return ZoneInside(fields);
        return fields.Length switch
        {
            5 => null,
            6 or 7 => TooMany(fields),
            1 when fields[0].StartsWith('@') => new()
            {
                Message = $"There is space around '{Shown.Text(fields[0])}'.",
                Fix = $"Write '{Shown.Text(fields[0])}' without space around it.",
            },
            _ => new()
            {
                Message = $"The schedule '{Shown.Text(expression)}' has {fields.Length} field{(fields.Length == 1 ? "" : "s")} instead of five.",
                Fix = $"Write five fields ({Order}), such as '0 9 * * MON-FRI'.",
            },
        };
    }

    private static ScheduleProblem ZoneInside(string[] fields)
    {
        var zone = Shown.Text(fields[0][(fields[0].IndexOf('=', StringComparison.Ordinal) + 1)..]);
        return new()
        {
            Message = $"The time zone stands inside the schedule ('{Shown.Text(fields[0])}'), where Kubernetes refuses it.",
            Fix = $"Write timeZone: {zone} beside the schedule, and the schedule itself as '{Shown.Text(string.Join(' ', fields[1..]))}'.",
        };
    }

    private static ScheduleProblem TooMany(string[] fields)
    {
        var year = fields.Length == 7 || (fields[5].Length == 4 && CronFieldKind.TryReadNumber(fields[5], out _));
        var seconds = fields.Length == 7 || !year;
        var rest = Shown.Text(string.Join(' ', fields[(seconds ? 1 : 0)..(year ? ^1 : ^0)]));
        var extra = (seconds, year) switch { (true, true) => "seconds and years", (true, false) => "seconds", _ => "years" };
        return new()
        {
            Message = $"The schedule has {fields.Length} fields; with {extra} it is not in the language of Kubernetes.",
            Fix = $"Leave the {extra} out and write the other five fields ({Order}): '{rest}'.",
        };
    }
}
