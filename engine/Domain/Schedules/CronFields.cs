using System.Diagnostics.CodeAnalysis;

namespace GitOps.Triggers.Domain;

/// <summary>
/// A schedule in the language of the Kubernetes CronJob controller (robfig/cron v3 <c>ParseStandard</c>): what it takes is taken here, what it refuses is refused.
/// Two of its forms are left out and refused: <c>TZ=</c> and <c>@every</c>. What only this product refuses is in <see cref="CronSchedule"/>.
/// </summary>
internal sealed record CronFields
{
    public required CronField Minutes { get; init; }

    public required CronField Hours { get; init; }

    public required CronField DaysOfMonth { get; init; }

    public required CronField Months { get; init; }

    /// <summary>0 is Sunday.</summary>
    public required CronField DaysOfWeek { get; init; }

    /// <summary>
    /// Both day fields must match; otherwise one is enough. The controller asks for both only when one is a star, which holds every value,
    /// so the two never really restrict each other: <c>0 0 13 * FRI</c> is every 13th and every Friday.
    /// </summary>
    public bool BothDaysMustMatch => DaysOfMonth.IsStar || DaysOfWeek.IsStar;

    /// <summary>The parts between white space, of which Unicode knows more than one kind; Go and .NET know the same.</summary>
    public static string[] Split(string expression) => expression.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    public static bool TryParse(string expression, [NotNullWhen(true)] out CronFields? fields, [NotNullWhen(false)] out ScheduleProblem? problem)
    {
        fields = null;
        var plain = expression;
        if (expression.StartsWith('@') && !CronMacros.TryExpand(expression, out plain, out problem))
            return false;
        var texts = Split(plain);
        problem = CronFieldCount.Check(expression, texts);
        if (problem is not null)
            return false;

        var problems = new List<ScheduleProblem>();
        var values = texts.Zip(CronFieldKind.All, Read).ToArray();
        problem = ScheduleProblem.Join(problems);
        if (problem is not null)
            return false;
        fields = new CronFields { Minutes = values[0], Hours = values[1], DaysOfMonth = values[2], Months = values[3], DaysOfWeek = values[4] };
        return true;

        CronField Read(string text, CronFieldKind kind)
        {
            if (!CronFieldParser.TryParse(text, kind, out var field, out var wrong))
                problems.Add(wrong);
            return field;
        }
    }
}
