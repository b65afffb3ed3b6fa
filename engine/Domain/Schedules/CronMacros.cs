using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace GitOps.Triggers.Domain;

/// <summary>The words that stand for a whole schedule.</summary>
internal static class CronMacros
{
    private const int MinutesPerHour = 60, HoursPerDay = 24;

    private static readonly Dictionary<string, string> Expansions = new(StringComparer.Ordinal)
    {
        ["@yearly"] = "0 0 1 1 *",
        ["@annually"] = "0 0 1 1 *",
        ["@monthly"] = "0 0 1 * *",
        ["@weekly"] = "0 0 * * 0",
        ["@daily"] = "0 0 * * *",
        ["@midnight"] = "0 0 * * *",
        ["@hourly"] = "0 * * * *",
    };

    public static bool TryExpand(string macro, [NotNullWhen(true)] out string? expression, [NotNullWhen(false)] out ScheduleProblem? problem)
    {
        problem = Expansions.TryGetValue(macro, out expression) ? null : Refuse(macro);
        return problem is null;
    }

    private static ScheduleProblem Refuse(string macro) => macro.Split(' ')[0] switch
    {
        "@every" => new()
        {
            Message = $"'{Shown.Text(macro)}' counts from the run before, whenever that was, so nobody can say when it will run.",
            Fix = $"Write times of the clock, such as '{Instead(macro)}'.",
        },
        "@reboot" => new()
        {
            Message = "'@reboot' has no time: nothing here boots.",
            Fix = "Leave the schedule out to run on demand only, or write a time, such as '@daily'.",
        },
        _ => new()
        {
            Message = $"'{Shown.Text(macro)}' is not a known schedule.",
            Fix = Nearest.To(macro, Expansions.Keys) is { } known
                ? $"Write {known}."
                : $"Write one of {string.Join(", ", Expansions.Keys)}, or five fields, such as '0 9 * * MON-FRI'.",
        },
    };

    private static string Instead(string every)
    {
        if (!Duration.TryParse(every["@every".Length..].Trim(), out var duration) || duration.TotalMinutes % 1 != 0)
            return "*/5 * * * *";
        var minutes = (long)duration.TotalMinutes;
        var hours = Math.DivRem(minutes, MinutesPerHour, out var rest);
        return (minutes, hours, rest) switch
        {
            (1, _, _) => "* * * * *",
            (MinutesPerHour, _, _) => "@hourly",
            (_, HoursPerDay, 0) => "@daily",
            ( > 0 and < MinutesPerHour, _, _) when MinutesPerHour % minutes == 0 => string.Create(CultureInfo.InvariantCulture, $"*/{minutes} * * * *"),
            (_, > 0 and < HoursPerDay, 0) when HoursPerDay % hours == 0 => string.Create(CultureInfo.InvariantCulture, $"0 */{hours} * * *"),
            _ => "*/5 * * * *",
        };
    }
}
