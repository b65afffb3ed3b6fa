using System.Globalization;
using GitOps.Triggers.Domain;
using Xunit;

namespace GitOps.Triggers.Tests.Domain.Schedules;

public sealed class HashedScheduleSpecs
{
    [Theory]
    [InlineData("@daily")]
    [InlineData("@hourly")]
    [InlineData("0 9 * * MON-FRI")]
    [InlineData("0 9 * MAR THU")]
    [InlineData("@HOURLY")]
    [InlineData("")]
    public void A_schedule_without_H_stays_as_it_is(string expression) => Assert.Equal(expression, Resolve(expression, "seed"));

    /// <summary>These may never change: they are the times at which triggers run.</summary>
    [Theory]
    [InlineData("H 9 * * MON-FRI", "51 9 * * MON-FRI")]
    [InlineData("H H * * *", "51 23 * * *")]
    [InlineData("H/15 * * * *", "6-59/15 * * * *")]
    [InlineData("H(0-29) H(9-16) * * *", "21 16 * * *")]
    [InlineData("H(0-29)/10 * * * *", "1-29/10 * * * *")]
    [InlineData("0 0 H H H", "0 0 20 9 3")]
    [InlineData("0 0 * * H(MON-FRI)", "0 0 * * 2")]
    [InlineData("H(0-9),H(30-39) * * * *", "1,31 * * * *")]
    public void The_same_seed_gives_the_same_times_for_ever(string expression, string resolved) =>
        Assert.Equal(resolved, Resolve(expression, "repository 42/issue-summary/prod"));

    [Fact]
    public void A_fleet_is_spread_over_the_hour()
    {
        var perMinute = Seeds(1_000).CountBy(seed => int.Parse(Resolve("H * * * *", seed).Split(' ')[0], CultureInfo.InvariantCulture)).ToDictionary();

        Assert.Equal(60, perMinute.Count);
        Assert.All(perMinute, minute => Assert.InRange(minute.Value, 4, 34)); // 17 on average, with a standard deviation of 4.
    }

    [Fact]
    public void Each_field_goes_its_own_way()
    {
        var pairs = Seeds(1_000).Select(seed => Resolve("H H * * *", seed)).Distinct().Count();

        Assert.InRange(pairs, 600, 1_000); // Of 1,440; a single value for both fields would give 60.
    }

    [Fact]
    public void Every_value_in_its_range_is_a_plain_schedule()
    {
        string[] expressions = ["H H H H H", "H/7 H/5 H/9 H/5 H/3", "H(10-19) H(9-17)/2 H(1-31) H(JUN-AUG) H(MON-FRI)", "H/100 H/24 H/40 H/12 H/7"];
        foreach (var seed in Seeds(300))
        {
            foreach (var resolved in expressions.Select(expression => Resolve(expression, seed)))
            {
                Assert.True(CronFields.TryParse(resolved, out _, out var problem), $"{resolved}: {problem?.Message}");
                Assert.DoesNotContain('H', resolved);
            }
        }
    }

    [Fact]
    public void H_lands_on_days_that_every_month_has()
    {
        var days = Seeds(1_000).Select(seed => int.Parse(Resolve("0 0 H * *", seed).Split(' ')[2], CultureInfo.InvariantCulture)).Distinct().Order();

        Assert.Equal(Enumerable.Range(1, 28), days);
    }

    [Fact]
    public void A_step_starts_among_its_first_values()
    {
        var firsts = Seeds(1_000).Select(seed => CronFields.TryParse(Resolve("H/15 * * * *", seed), out var fields, out _) ? fields.Minutes : default).ToList();

        Assert.All(firsts, minutes => Assert.Equal(4, minutes.Count));
        Assert.Equal(Enumerable.Range(0, 15), firsts.Select(minutes => minutes.Values.First()).Distinct().Order());
    }

    [Theory]
    [InlineData("H/0 * * * *", "minute 'H/0'")]
    [InlineData("H/ * * * *", "minute 'H/'")]
    [InlineData("H(0-29 * * * *", "minute 'H(0-29'")]
    [InlineData("H(5) * * * *", "minute 'H(5)'")]
    [InlineData("H(0-60) * * * *", "minute 'H(0-60)'")]
    [InlineData("H(30-10) * * * *", "minute 'H(30-10)'")]
    [InlineData("H(0-29)x * * * *", "minute 'H(0-29)x'")]
    [InlineData("HH * * * *", "minute 'HH'")]
    [InlineData("0 H-3 * * *", "hour 'H-3'")]
    [InlineData("0 0 H(0-9) * *", "day of month 'H(0-9)'")]
    [InlineData("H/0 H/x * * *", "hour 'H/x'")]
    public void A_malformed_H_is_refused_with_the_forms_there_are(string expression, string message)
    {
        Assert.False(HashedSchedule.TryResolve(expression, "seed", out _, out var problem));

        Assert.Contains(message, problem.Message, StringComparison.Ordinal);
        Assert.Contains("Write H, H/2, H(", problem.Fix, StringComparison.Ordinal);
    }

    private static string Resolve(string expression, string seed)
    {
        Assert.True(HashedSchedule.TryResolve(expression, seed, out var resolved, out var problem), problem?.Message);
        return resolved;
    }

    private static IEnumerable<string> Seeds(int count) => Enumerable.Range(0, count).Select(i => FormattableString.Invariant($"{i}/nightly/prod"));
}
