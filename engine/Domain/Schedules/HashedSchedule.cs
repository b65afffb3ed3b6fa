using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace GitOps.Triggers.Domain;

/// <summary>
/// A schedule with <c>H</c>, which stands for a value that differs from trigger to trigger and never changes for one of them, so that a fleet does
/// not start all at once. Resolved to plain numbers before anything else sees it:
/// <c>H</c> one value, <c>H(0-29)</c> one of these, <c>H/15</c> every 15 from one of the first 15, <c>H(9-17)/2</c> the same within a range.
/// </summary>
internal static class HashedSchedule
{
    /// <summary>Every month has it. H never lands on a day that some month lacks, unless a range asks for it.</summary>
    private const int LastDayOfEveryMonth = 28;

    /// <param name="expression">A schedule; without <c>H</c> it is returned as it is.</param>
    /// <param name="seed">Identity of the trigger in its environment: equal seeds give equal times, on every machine and in every release.</param>
    /// <param name="resolved">The schedule for <see cref="CronSchedule.TryParse(string, IanaTimeZone, out CronSchedule?, out ScheduleProblem?)"/>, which checks all but the <c>H</c>.</param>
    /// <param name="problem">What is wrong with an <c>H</c>.</param>
    public static bool TryResolve(string expression, string seed, [NotNullWhen(true)] out string? resolved, [NotNullWhen(false)] out ScheduleProblem? problem)
    {
        resolved = expression;
        problem = ScheduleLimits.CheckLength(expression);
        var fields = problem is null ? CronFields.Split(expression) : [];
        if (fields.Length != CronFieldKind.All.Count || !expression.Contains('H', StringComparison.Ordinal))
            return problem is null;

        var problems = new List<ScheduleProblem>();
        resolved = string.Join(' ', fields.Select((field, index) => string.Join(',', field.Split(',').Select(item => Resolve(item, index)))));
        problem = ScheduleProblem.Join(problems);
        return problem is null;

        string Resolve(string item, int index)
        {
            // The names that hold an H (THU, MARCH) do not begin with it.
            if (!item.StartsWith('H'))
                return item;
            if (TryResolveItem(item, CronFieldKind.All[index], Hash(seed, index), out var value))
                return value;
            problems.Add(Malformed(item, CronFieldKind.All[index]));
            return item;
        }
    }

    private static bool TryResolveItem(string item, CronFieldKind kind, ulong hash, [NotNullWhen(true)] out string? value)
    {
        value = null;
        var (low, high, step) = ((long)kind.Min, (long)(kind == CronFieldKind.DayOfMonth ? LastDayOfEveryMonth : kind.Max), 0L);
        var rest = item.AsSpan(1);
        if (rest.StartsWith('('))
        {
            var close = rest.IndexOf(')');
            var ends = close < 0 ? [] : rest[1..close].ToString().Split('-');
            if (ends.Length != 2 || !kind.TryRead(ends[0], out low) || !kind.TryRead(ends[1], out high) || low < kind.Min || high > kind.Max || low > high)
                return false;
            rest = rest[(close + 1)..];
        }
        if (rest.Length > 0 && (rest[0] != '/' || !CronFieldKind.TryReadNumber(rest[1..].ToString(), out step) || step == 0))
            return false;

        var width = high - low + 1;
        var first = low + (long)(hash % (ulong)(step == 0 ? width : Math.Min(step, width)));
        value = step == 0 ? FormattableString.Invariant($"{first}") : FormattableString.Invariant($"{first}-{high}/{step}");
        return true;
    }

    private static ulong Hash(string seed, int index) =>
        BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(FormattableString.Invariant($"{seed}\n{index}"))));

    private static ScheduleProblem Malformed(string item, CronFieldKind kind) => new()
    {
        Message = $"The {kind.Name} '{Shown.Text(item)}' is not a form of H.",
        Fix = $"Write H, H/2, H({kind.Min}-{kind.Min + 5}) or H({kind.Min}-{kind.Min + 5})/2, with values in {kind.Range}.",
    };
}
