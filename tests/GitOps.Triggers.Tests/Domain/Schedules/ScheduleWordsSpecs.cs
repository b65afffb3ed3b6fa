using CsCheck;
using GitOps.Triggers.Domain;
using Xunit;

namespace GitOps.Triggers.Tests.Domain.Schedules;

public sealed class ScheduleWordsSpecs
{
    [Theory]
    [InlineData("* * * * *", "every minute")]
    [InlineData("*/15 * * * *", "every 15 minutes")]
    [InlineData("*/30 * * * *", "every 30 minutes")]
    [InlineData("7/15 * * * *", "every 15 minutes from 7 minutes past the hour, Europe/Oslo")]
    [InlineData("7,37 * * * *", "at 7 and 37 minutes past every hour, Europe/Oslo")]
    [InlineData("*/25 * * * *", "at 0, 25 and 50 minutes past every hour, Europe/Oslo")]
    [InlineData("@hourly", "every hour on the hour, Europe/Oslo")]
    [InlineData("1 * * * *", "at 1 minute past every hour, Europe/Oslo")]
    [InlineData("10-20 * * * *", "every minute from 10 to 20 minutes past every hour, Europe/Oslo")]
    [InlineData("0 9 * * *", "every day at 09:00 Europe/Oslo")]
    [InlineData("@daily", "every day at 00:00 Europe/Oslo")]
    [InlineData("30 6,18 * * *", "every day at 06:30 and 18:30 Europe/Oslo")]
    [InlineData("0,30 6,18 * * *", "every day at 06:00, 06:30, 18:00 and 18:30 Europe/Oslo")]
    [InlineData("0 */2 * * *", "every 2 hours from 00:00 Europe/Oslo")]
    [InlineData("15 */6 * * *", "every 6 hours from 00:15 Europe/Oslo")]
    [InlineData("0 */5 * * *", "every 5 hours from 00:00 to 20:00 Europe/Oslo")]
    [InlineData("0 */8 * * *", "every day at 00:00, 08:00 and 16:00 Europe/Oslo")]
    [InlineData("30 8-18/2 * * *", "every 2 hours from 08:30 to 18:30 Europe/Oslo")]
    [InlineData("* 9-17 * * *", "every minute from 09:00 to 17:59 Europe/Oslo")]
    [InlineData("10-20 3,5 * * *", "every minute from 03:10 to 03:20 and from 05:10 to 05:20 Europe/Oslo")]
    [InlineData("*/15 6,18 * * *", "every 15 minutes from 06:00 to 06:45 and from 18:00 to 18:45 Europe/Oslo")]
    [InlineData("*/20 0,3,6,9 * * *", "every 20 minutes during the hours 00, 03, 06 and 09, Europe/Oslo")]
    [InlineData("7/20 0,3,6,9 * * *", "at 7, 27 and 47 minutes past the hours 00, 03, 06 and 09, Europe/Oslo")]
    [InlineData("5,20,40 9-17 * * *", "at 5, 20 and 40 minutes past every hour from 09 to 17, Europe/Oslo")]
    [InlineData("5,6,20,21,40,41,55 9 * * *", "at 5, 6, 20, 21, 40, 41 and 55 minutes past the hour 09, Europe/Oslo")]
    [InlineData("0 9 * * MON-FRI", "every weekday at 09:00 Europe/Oslo")]
    [InlineData("@weekly", "every Sunday at 00:00 Europe/Oslo")]
    [InlineData("0 9 * * 6,0", "every Saturday and Sunday at 09:00 Europe/Oslo")]
    [InlineData("0 9 * * MON,WED,FRI", "every Monday, Wednesday and Friday at 09:00 Europe/Oslo")]
    [InlineData("0 9 * * 1-6", "every day except Sunday at 09:00 Europe/Oslo")]
    [InlineData("0 9 * * */1", "every day at 09:00 Europe/Oslo")]
    [InlineData("0 9-17 * * 1-5", "every hour from 09:00 to 17:00 on weekdays, Europe/Oslo")]
    [InlineData("*/15 9-17 * * 1-5", "every 15 minutes from 09:00 to 17:45 on weekdays, Europe/Oslo")]
    [InlineData("*/10 * * * SAT,SUN", "every 10 minutes on Saturdays and Sundays, Europe/Oslo")]
    [InlineData("*/10 * * * 2-6", "every 10 minutes on every day except Monday and Sunday, Europe/Oslo")]
    [InlineData("@monthly", "at 00:00 on the 1st of the month, Europe/Oslo")]
    [InlineData("@yearly", "at 00:00 on 1 January, Europe/Oslo")]
    [InlineData("0 0 2,3,11,22 * *", "at 00:00 on the 2nd, 3rd, 11th and 22nd of the month, Europe/Oslo")]
    [InlineData("0 0 1-7,15,20-22 6-8 *", "at 00:00 on the 1st to 7th, 15th and 20th to 22nd of each month from June to August, Europe/Oslo")]
    [InlineData("0 0 */2 * *", "at 00:00 on every 2nd day from the 1st to the 31st of the month, Europe/Oslo")]
    [InlineData("0 0 31 * *", "at 00:00 on the 31st of the month (in months that have it), Europe/Oslo")]
    [InlineData("0 0 31 1,3 *", "at 00:00 on the 31st of January and March, Europe/Oslo")]
    [InlineData("0 0 29 2 *", "at 00:00 on 29 February (in leap years), Europe/Oslo")]
    [InlineData("0 0 1 */3 *", "at 00:00 on the 1st of January, April, July and October, Europe/Oslo")]
    [InlineData("0 9 1 1-7,9-12 *", "at 09:00 on the 1st of every month except August, Europe/Oslo")]
    [InlineData("0 9 * 6 MON", "every Monday in June at 09:00 Europe/Oslo")]
    [InlineData("0 9 * 1-7,9-12 *", "every day in every month except August at 09:00 Europe/Oslo")]
    [InlineData("0 9 * 3-9 *", "every day from March to September at 09:00 Europe/Oslo")]
    [InlineData("* * * 2 *", "every minute in February, Europe/Oslo")]
    [InlineData("30 6,18 1 * MON", "at 06:30 and 18:30 on the 1st of the month or on Monday, Europe/Oslo")]
    [InlineData("0 9 13 * 1-5", "at 09:00 on the 13th of the month or on a weekday, Europe/Oslo")]
    [InlineData("0 9 13 * */2", "at 09:00 on the 13th of the month or on Tuesday, Thursday, Saturday or Sunday, Europe/Oslo")]
    [InlineData("0 9 13 6,7 0-5", "at 09:00 on the 13th of the month or on any day except Saturday, in June and July, Europe/Oslo")]
    [InlineData("*/10 * 13 * FRI", "every 10 minutes on the 13th of the month or on Friday, Europe/Oslo")]
    [InlineData("0 0 1 * 0-6", "every day at 00:00 Europe/Oslo")]
    [InlineData("0 0 1-31 * MON", "every day at 00:00 Europe/Oslo")]
    [InlineData("0 0 , * MON", "every Monday at 00:00 Europe/Oslo")]
    [InlineData("0 0 13 * ,", "at 00:00 on the 13th of the month, Europe/Oslo")]
    public void I_can_read_a_schedule_in_plain_words(string expression, string words) =>
        Assert.Equal(words, CronSchedule.Parse(expression, "Europe/Oslo").Describe());

    /// <summary>Words that leave something out, or blur it, would fit a second schedule as well.</summary>
    [Fact]
    public void Schedules_that_differ_are_described_differently() =>
        Gen.Select(ScheduleGen.Fields, Gen.Int[0, 4], ScheduleGen.Fields).Sample((fields, changed, others) =>
        {
            var other = fields.ToArray();
            other[changed] = others[changed];
            var (one, two) = (string.Join(' ', fields), string.Join(' ', other));
            var (left, right) = (Parse(one), Parse(two));
            var (leftWords, rightWords) = (ScheduleWords.Describe(left, "Etc/UTC"), ScheduleWords.Describe(right, "Etc/UTC"));
            Assert.True((Meaning(left) == Meaning(right)) == (leftWords == rightWords), $"{one}: {leftWords}\n{two}: {rightWords}");
        }, iter: 3_000);

    /// <summary>Every combination of values that the fields allow, however they are written.</summary>
    private static string Meaning(CronFields fields)
    {
        var days = from date in Enumerable.Range(1, 31)
                   from weekday in Enumerable.Range(0, 7)
                   let byDate = fields.DaysOfMonth.Contains(date)
                   let byWeekday = fields.DaysOfWeek.Contains(weekday)
                   select (fields.BothDaysMustMatch ? byDate && byWeekday : byDate || byWeekday) ? 1 : 0;
        return $"{fields.Minutes.Bits} {fields.Hours.Bits} {fields.Months.Bits} {string.Concat(days)}";
    }

    private static CronFields Parse(string expression)
    {
        Assert.True(CronFields.TryParse(expression, out var fields, out _));
        return fields;
    }
}
