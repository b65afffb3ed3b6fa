namespace GitOps.Triggers.Domain;

/// <summary>What people are told about a field that cannot be read.</summary>
internal static class CronFieldProblems
{
    public static ScheduleProblem Malformed(string item, CronFieldKind kind) => new()
    {
        Message = $"The {kind.Name} '{Shown.Text(item)}' has more than one '-' or '/'.",
        Fix = "Write a range as 1-5, with a step as 1-5/2, and separate several by commas.",
    };

    public static ScheduleProblem NotAStep(string step, string item, CronFieldKind kind) => new()
    {
        Message = $"The step '{Shown.Text(step)}' of the {kind.Name} '{Shown.Text(item)}' is not a number above 0.",
        Fix = "Write a step of 1 or more, such as */15, or leave it out.",
    };

    public static ScheduleProblem OutOfRange(string value, CronFieldKind kind) => new()
    {
        Message = $"The {kind.Name} '{Shown.Text(value)}' is out of range: it goes from {kind.Min} to {kind.Max}.",
        Fix = value switch
        {
            "7" when kind == CronFieldKind.DayOfWeek => "Write 0 or SUN for Sunday.",
            "24" when kind == CronFieldKind.Hour => "Write 0 for midnight.",
            "60" when kind == CronFieldKind.Minute => "Write 0 for the full hour.",
            _ => $"Write a value in {kind.Range}.",
        },
    };

    /// <summary>Other crons wrap such a range around; the controller refuses it.</summary>
    public static ScheduleProblem Backwards(string item, string[] ends, long low, long high, long step, CronFieldKind kind) => new()
    {
        Message = $"The {kind.Name} range '{Shown.Text(item)}' runs backwards, and ranges do not wrap around.",
        Fix = step == 1
            ? $"Write {Range(ends[0], low, kind.Max, kind)},{Range(Name(kind.Min, ends[1], kind), kind.Min, high, kind)}."
            : "Write the values one by one, separated by commas.",
    };

    public static ScheduleProblem NotAValue(string value, string item, CronFieldKind kind)
    {
        if (value is "H" || value.StartsWith("H(", StringComparison.Ordinal))
            return Hash(item, kind);
        if (kind == CronFieldKind.DayOfMonth || kind == CronFieldKind.DayOfWeek)
        {
            if (value.Contains('#', StringComparison.Ordinal))
                return Special(item, kind, "nth weekday of the month");
            if (value.StartsWith('L') || value.EndsWith('L'))
                return Special(item, kind, "last day");
            if (value.EndsWith('W'))
                return Special(item, kind, "nearest weekday");
        }
        return new()
        {
            Message = value.Length == 0
                ? $"The {kind.Name} '{Shown.Text(item)}' lacks a value."
                : $"The {kind.Name} '{Shown.Text(value)}' is neither a number nor a known name.",
            Fix = kind.Names.FirstOrDefault(name => value.StartsWith(name, StringComparison.OrdinalIgnoreCase)) is { } name
                ? $"Write {name}."
                : $"Write a value in {kind.Range}, a range such as {kind.Min + 1}-{kind.Min + 4}, a step such as */2, or a list separated by commas.",
        };
    }

    private static ScheduleProblem Hash(string item, CronFieldKind kind) => new()
    {
        Message = $"The {kind.Name} '{Shown.Text(item)}' uses H, which stands for a value fixed per trigger and means nothing here.",
        Fix = $"Write a value in {kind.Range}.",
    };

    private static ScheduleProblem Special(string item, CronFieldKind kind, string meaning) => new()
    {
        Message = $"The {kind.Name} '{Shown.Text(item)}' asks for the {meaning}, which the Kubernetes controller does not know.",
        Fix = kind == CronFieldKind.DayOfMonth
            ? "Write all days that it can be, such as 28-31, and let the job end at once on the others."
            : "Write the weekday alone, such as MON, and let the job end at once in the other weeks.",
    };

    private static string Range(string first, long low, long high, CronFieldKind kind) =>
        low == high ? first : $"{first}-{Name(high, first, kind)}";

    /// <summary>A value in the form its neighbour was written in: a name beside a name, a number beside a number.</summary>
    private static string Name(long value, string neighbour, CronFieldKind kind) =>
        char.IsAsciiLetter(neighbour[0])
            ? kind.Names[(int)value - kind.Min]
            : FormattableString.Invariant($"{value}");
}
