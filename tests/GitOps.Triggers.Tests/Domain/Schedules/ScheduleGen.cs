using CsCheck;
using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Tests.Domain.Schedules;

/// <summary>Valid schedules of every shape.</summary>
internal static class ScheduleGen
{
    public static readonly Gen<string[]> Fields =
        Gen.Select(Field(CronFieldKind.Minute), Field(CronFieldKind.Hour), Field(CronFieldKind.DayOfMonth), Field(CronFieldKind.Month), Field(CronFieldKind.DayOfWeek))
            .Select((minute, hour, date, month, weekday) => new[] { minute, hour, date, month, weekday });

    public static Gen<string> Field(CronFieldKind kind)
    {
        var value = Gen.Int[kind.Min, kind.Max];
        var range = Gen.Select(value, value).Select((one, other) => $"{Math.Min(one, other)}-{Math.Max(one, other)}");
        var step = Gen.Int[1, kind.Max];
        var item = Gen.Frequency(
            (4, value.Select(number => $"{number}")),
            (2, range),
            (1, Gen.Select(range, step).Select((span, by) => $"{span}/{by}")),
            (1, Gen.Select(value, step).Select((from, by) => $"{from}/{by}")));
        return Gen.Frequency(
            (4, Gen.Const("*")),
            (2, step.Select(by => $"*/{by}")),
            (4, item.Array[1, 3].Select(items => string.Join(',', items))));
    }

    /// <summary>Instants close to the days on which most of the zones below change their clocks, and any others.</summary>
    public static readonly Gen<DateTimeOffset> Instant =
        Gen.Select(
                Gen.OneOf(new DateTime(2026, 3, 8), new DateTime(2026, 3, 29), new DateTime(2026, 4, 5), new DateTime(2026, 9, 27), new DateTime(2026, 10, 25), new DateTime(2026, 11, 1), new DateTime(2026, 6, 15)),
                Gen.Int[-3 * 86_400, 2 * 86_400])
            .Select((day, seconds) => new DateTimeOffset(day, TimeSpan.Zero).AddSeconds(seconds));

    private static readonly string[] OrdinaryZones =
        ["Etc/UTC", "Europe/Oslo", "Europe/London", "America/New_York", "America/St_Johns", "Asia/Kathmandu", "Pacific/Auckland"];

    private static readonly string[] StumblingZones =
        ["Australia/Lord_Howe", "Pacific/Chatham", "Africa/Cairo", "Asia/Beirut", "America/Havana", "America/Santiago", "Atlantic/Azores", "Antarctica/Troll"];

    /// <summary>Zones that change their clocks by a whole hour, at a full hour (Chatham does so at a quarter to), and not at midnight.</summary>
    public static readonly Gen<string> OrdinaryZone = Gen.OneOf(OrdinaryZones);

    /// <summary>Those, and zones where the controller's walk stumbles.</summary>
    public static readonly Gen<string> AnyZone = Gen.OneOf([.. OrdinaryZones, .. StumblingZones]);
}
