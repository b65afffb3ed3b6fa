using System.Diagnostics.CodeAnalysis;

namespace GitOps.Triggers.Domain;

/// <summary>Reads one field the way robfig/cron v3 does, the library inside the Kubernetes controller, oddities included: what it takes is taken, what it refuses is refused.</summary>
/// <seealso href="https://github.com/robfig/cron/blob/v3.0.1/parser.go"/>
internal static class CronFieldParser
{
    public static bool TryParse(string text, CronFieldKind kind, out CronField field, [NotNullWhen(false)] out ScheduleProblem? problem)
    {
        field = default;
        problem = null;
        // Empty items are passed over, so "1,,2" is "1,2" and "," is a field that never matches.
        foreach (var item in text.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!TryParseItem(item, kind, out var values, out problem))
                return false;
            field |= values;
        }
        return true;
    }

    private static bool TryParseItem(string item, CronFieldKind kind, out CronField values, [NotNullWhen(false)] out ScheduleProblem? problem)
    {
        values = default;
        var parts = item.Split('/');
        var ends = parts[0].Split('-');
        // Only the part before the first hyphen decides: "*-5" is a star.
        var star = ends[0] is "*" or "?";
        if (parts.Length > 2 || (ends.Length > 2 && !star))
            return Refused(CronFieldProblems.Malformed(item, kind), out problem);

        long low = kind.Min, high = kind.Max, step = 1;
        if (!star && !kind.TryRead(ends[0], out low))
            return Refused(CronFieldProblems.NotAValue(ends[0], item, kind), out problem);
        if (!star && ends.Length == 2 && !kind.TryRead(ends[1], out high))
            return Refused(CronFieldProblems.NotAValue(ends[1], item, kind), out problem);
        if (parts.Length == 2 && !CronFieldKind.TryReadNumber(parts[1], out step))
            return Refused(CronFieldProblems.NotAStep(parts[1], item, kind), out problem);
        // "5/15" means "5-59/15", but "5" alone means 5.
        if (!star && ends.Length == 1 && parts.Length == 1)
            high = low;

        if (low < kind.Min || low > kind.Max || high > kind.Max)
            return Refused(CronFieldProblems.OutOfRange(low < kind.Min || low > kind.Max ? ends[0] : ends[1], kind), out problem);
        if (low > high)
            return Refused(CronFieldProblems.Backwards(item, ends, low, high, step, kind), out problem);
        if (step == 0)
            return Refused(CronFieldProblems.NotAStep(parts[1], item, kind), out problem);

        values = new CronField(Bits(low, high, step), star && step == 1);
        problem = null;
        return true;
    }

    private static ulong Bits(long low, long high, long step)
    {
        var bits = 0UL;
        for (var value = low; value <= high; value += Math.Min(step, 64))
            bits |= 1UL << (int)value;
        return bits;
    }

    private static bool Refused(ScheduleProblem because, out ScheduleProblem problem)
    {
        problem = because;
        return false;
    }
}
