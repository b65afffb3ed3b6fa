using System.Text.Json;
using CsCheck;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Tests.Domain.Schedules;
using Xunit;

namespace GitOps.Triggers.Tests.Fuzzing;

/// <summary>A schedule: taken where the controller takes it, due when the controller's is.</summary>
internal sealed class ScheduleTarget : FuzzTarget
{
    private const int Starts = 3;
    private const int LongestExpression = 256;

    private static readonly DateTime AnyLeapYear = new(2000, 1, 1);
    private static readonly string[] Zones = [.. TimeZoneInfo.GetSystemTimeZones().Select(zone => zone.Id).Where(id => ZoneFile.Find(id) is not null && IanaTimeZone.TryParse(id, out _, out _)).Order(StringComparer.Ordinal)];
    private static readonly Dictionary<string, ZoneFile?> Files = Zones.ToDictionary(id => id, ZoneFile.Find);

    public override string Name => "schedule";

    public override int Share => 120;

    public override Gen<byte[]> Inputs { get; } = Of();

    public override void Check(byte[] input)
    {
        var (expression, zone, after) = ScheduleCase.Read(input);
        var plain = PlainSchedule.Parse(expression);
        var taken = CronFields.TryParse(expression, out _, out var problem);
        Assert.True(taken == plain is not null || expression.StartsWith("TZ=", StringComparison.Ordinal) || expression.StartsWith("CRON_TZ=", StringComparison.Ordinal), $"{(taken ? "taken" : "refused")}: {problem}");
        var accepted = CronSchedule.TryParse(expression, zone, out var schedule, out problem);
        Assert.Equal(accepted, CronSchedule.TryParse(expression, zone, out _, out var again));
        Assert.Equal(problem, again);
        if (accepted)
            Agrees(schedule!, plain!, after);
        else
            IsRefusedRightly(problem!, expression, zone, plain);
        Hashed(expression, zone, taken);
    }

    private static void Agrees(CronSchedule schedule, PlainSchedule plain, long after)
    {
        var words = schedule.Describe();
        Assert.False(words.Length == 0 || words.Any(char.IsControl), words);
        if (!Files.TryGetValue(schedule.TimeZone, out var zone) || zone is null)
            return;
        var controller = new PlainController(plain, zone);
        for (var i = 0; i < Starts && controller.TryFind(after, out var start); i++)
        {
            var next = schedule.Next(DateTimeOffset.FromUnixTimeSeconds(after));
            Assert.Equal(start is null ? null : DateTimeOffset.FromUnixTimeSeconds(start.Value), next);
            if (start is null)
                return;
            Assert.Equal(zone.Offset(start.Value), next!.Value.Offset.TotalSeconds);
            after = start.Value;
        }
    }

    private static void IsRefusedRightly(ScheduleProblem problem, string expression, string zone, PlainSchedule? plain)
    {
        Assert.False(problem.Message.Length == 0 || problem.Fix.Length == 0 || (problem.Message + problem.Fix).Any(char.IsControl), problem.ToString());
        if (plain is null || expression.Length > LongestExpression || !Files.ContainsKey(zone))
            return;
        var never = plain.Minutes.Count == 0 || plain.Hours.Count == 0
            || !Enumerable.Range(0, 28 * 366).Select(day => AnyLeapYear.AddDays(day)).Any(day => plain.Months.Contains(day.Month) && plain.IsDue(day));
        Assert.True(never, $"refused although it runs: {problem.Message}");
    }

    /// <summary>H is a number by the time that anything else sees it, and the same one each time.</summary>
    private static void Hashed(string expression, string seed, bool taken)
    {
        var found = HashedSchedule.TryResolve(expression, seed, out var resolved, out _);
        Assert.Equal(found, HashedSchedule.TryResolve(expression, seed, out var again, out _));
        Assert.Equal(resolved, again);
        // What holds no H stays as it is.
        if (found && taken && expression.Length <= LongestExpression)
            Assert.Equal(CronFields.TryParse(expression, out var one, out _) ? one : null, CronFields.TryParse(resolved!, out var other, out _) ? other : null);
    }

    private static Gen<byte[]> Of()
    {
        var vectors = File.ReadLines(Path.Combine(AppContext.BaseDirectory, "vectors", "cron.jsonl")).Select(Expression).Distinct().ToList();
        string[] zones = [.. Zones, "Europe/oslo", "UTC+2", "Mars/Phobos", "", "posix/Europe/Oslo", "Local"];
        var expression = Gen.Frequency((3, ScheduleGen.Fields.Select(fields => string.Join(' ', fields))), (2, Gen.OneOf([.. vectors])));
        var cases = Gen.Select(expression, Gen.Int[0, zones.Length - 1], Gen.UInt, Gen.Int[-200_000, 100_000], (text, zone, at, seconds) =>
            ScheduleCase.Write(text, zones[zone], Near(zones[zone], at) + seconds));
        return Gen.Frequency(
            (2, cases),
            (2, Edits.Of(cases, Corpus.Of("schedule"), "*", "?", "*/1", "*/7", "*/0", "1-5/2", "5-1", "1,2,3", ",", ",,", "H", "H(0-5)", "H/3", "L", "W", "#2", "MON", "mon-fri", "SUN,sat", "JAN", "dec", "7", "60", "24", "32", "13", "-0", "+5", "*-5", "?/2", "00", "\u00a0", "@daily", "@every 1m", "TZ=UTC ", "  ", " *")));
    }

    /// <summary>Where clocks are changed, or any second of these years.</summary>
    private static long Near(string zone, uint at)
    {
        var (first, last) = (new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeSeconds(), new DateTimeOffset(2030, 12, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeSeconds());
        var changes = Files.GetValueOrDefault(zone)?.Changes.Where(change => change > first && change < last).ToList() ?? [];
        return changes.Count > 0 && at % 3 > 0 ? changes[(int)(at % (uint)changes.Count)] : first + (at % (last - first));
    }

    private static string Expression(string line)
    {
        using var json = JsonDocument.Parse(line);
        return json.RootElement.GetProperty("expr").GetString()!;
    }
}
