using System.Globalization;

namespace GitOps.Triggers.Domain;

/// <summary>Lists, ordinals and patterns of numbers as English says them.</summary>
internal static class English
{
    public static string And(IEnumerable<string> items) => Join([.. items], "and");

    public static string Or(IEnumerable<string> items) => Join([.. items], "or");

    public static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    public static string TwoDigits(int value) => value.ToString("00", CultureInfo.InvariantCulture);

    public static string Ordinal(int value) => Number(value) + (value % 10, value / 10) switch
    {
        (_, 1) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };

    /// <summary>The distance between neighbours, when it is the same throughout; none for fewer than two values.</summary>
    public static int? Distance(int[] values)
    {
        if (values.Length < 2)
            return null;
        var distance = values[1] - values[0];
        return values.Zip(values.Skip(1), (left, right) => right - left).All(step => step == distance) ? distance : null;
    }

    /// <summary>The distance, when it goes on unbroken from one cycle into the next: 0, 15, 30, 45 in an hour, but not 0, 7, …, 56.</summary>
    public static int? Step(int[] values, int cycle) =>
        Distance(values) is { } distance && distance * values.Length == cycle ? distance : null;

    /// <summary>Stretches of neighbouring values.</summary>
    public static IReadOnlyList<(int First, int Last)> Runs(int[] values)
    {
        var runs = new List<(int First, int Last)>();
        foreach (var value in values)
        {
            if (runs.Count > 0 && runs[^1].Last == value - 1)
                runs[^1] = (runs[^1].First, value);
            else
                runs.Add((value, value));
        }
        return runs;
    }

    private static string Join(string[] items, string word) => items.Length < 2
        ? string.Concat(items)
        : $"{string.Join(", ", items[..^1])} {word} {items[^1]}";
}
