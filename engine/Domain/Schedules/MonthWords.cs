namespace GitOps.Triggers.Domain;

/// <summary>Months in words.</summary>
internal sealed class MonthWords(int[] months)
{
    private const int MonthsPerYear = 12, Most = 9;

    private static readonly string[] Names =
        ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

    public IReadOnlyList<int> Values => months;

    /// <summary>As in "every day in June", with the space before it; empty for all months.</summary>
    public string In =>
        IsAll ? "" :
        IsRun ? $" from {Span}" :
        IsMost ? $" in {Except}" :
        $" in {English.And(months.Select(Name))}";

    /// <summary>As in "the 1st of the month".</summary>
    public string Of =>
        IsAll ? "the month" :
        IsRun ? $"each month from {Span}" :
        IsMost ? Except :
        English.And(months.Select(Name));

    private bool IsAll => months.Length == MonthsPerYear;

    private bool IsRun => months.Length > 2 && English.Distance(months) == 1;

    private bool IsMost => months.Length >= Most;

    private string Span => $"{Name(months[0])} to {Name(months[^1])}";

    private string Except => $"every month except {English.And(Enumerable.Range(1, MonthsPerYear).Except(months).Select(Name))}";

    public static string Name(int month) => Names[month - 1];
}
