using System.Text.Json;
using Xunit;

namespace GitOps.Triggers.Tests.Fuzzing;

/// <summary>The second opinion on schedules is asked about the recorded ones first: it must be the controller's.</summary>
public sealed class ScheduleOracleSpecs(ITestOutputHelper output)
{
    [Fact]
    public void Every_vector_agrees_with_the_plain_controller()
    {
        var lines = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "vectors", "cron.jsonl"));
        var told = lines.Count(Told);

        output.WriteLine($"{told} of {lines.Length} vectors were told by the zones' files.");
        Assert.InRange(told, 1, lines.Length);
    }

    /// <returns>Whether the zone's file goes as far; it fails where it does and disagrees.</returns>
    private static bool Told(string line)
    {
        using var json = JsonDocument.Parse(line);
        var vector = json.RootElement;
        var schedule = PlainSchedule.Parse(vector.GetProperty("expr").GetString()!);
        Assert.True(schedule is not null == vector.GetProperty("valid").GetBoolean(), line);
        if (schedule is null)
            return true;
        var zone = ZoneFile.Find(vector.GetProperty("tz").GetString()!);
        Assert.True(zone is not null, line);
        var controller = new PlainController(schedule, zone);
        var after = vector.GetProperty("from").GetDateTimeOffset().ToUnixTimeSeconds();
        foreach (var expected in vector.TryGetProperty("next", out var next) ? next.EnumerateArray().Select(time => time.GetDateTimeOffset().ToUnixTimeSeconds()).ToList() : [])
        {
            if (!controller.TryFind(after, out var start))
                return false;
            Assert.True(start == expected, $"{line}: {start} instead of {expected}");
            after = expected;
        }
        return true;
    }
}
