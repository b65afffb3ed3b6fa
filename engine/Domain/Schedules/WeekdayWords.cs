namespace GitOps.Triggers.Domain;

/// <summary>Days of the week in words, from Monday on.</summary>
internal sealed class WeekdayWords(int[] days)
{
    private const int Sunday = 0, DaysPerWeek = 7;
    private static readonly string[] Names = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

    private readonly int[] days = InOrder(days);

    private bool IsWeekdays => days is [1, 2, 3, 4, 5];

    private bool IsMost => days.Length > 4;

    /// <summary>As in "every weekday".</summary>
    public string Singular => IsWeekdays ? "weekday" : IsMost ? $"day {Except}" : English.And(days.Select(Name));

    /// <summary>As in "on weekdays".</summary>
    public string Plural => IsWeekdays ? "weekdays" : IsMost ? $"every day {Except}" : English.And(days.Select(day => Name(day) + "s"));

    /// <summary>As in "or on a weekday".</summary>
    public string Any => IsWeekdays ? "a weekday" : IsMost ? $"any day {Except}" : English.Or(days.Select(Name));

    private string Except => $"except {English.And(InOrder(Enumerable.Range(Sunday, DaysPerWeek).Except(days)).Select(Name))}";

    private static string Name(int day) => Names[day];

    private static int[] InOrder(IEnumerable<int> days) => [.. days.OrderBy(day => day == Sunday ? DaysPerWeek : day)];
}
