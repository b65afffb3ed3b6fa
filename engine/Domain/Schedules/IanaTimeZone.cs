using System.Diagnostics.CodeAnalysis;

namespace GitOps.Triggers.Domain;

/// <summary>A time zone by its IANA name, and the two conversions that a schedule needs. Instants and local times are both plain <see cref="DateTime"/>s: the names say which.</summary>
/// <remarks>
/// Rules come from the machine's zone files, as the controller's do. After 2037 .NET cannot express the closing rule of a few of them to the hour
/// (America/Santiago, Asia/Jerusalem, Africa/Cairo, America/Nuuk) and is off by one for up to a day around their changes.
/// </remarks>
internal sealed class IanaTimeZone
{
    private readonly TimeZoneInfo rules;

    private IanaTimeZone(TimeZoneInfo rules) => this.rules = rules;

    public string Id => rules.Id;

    public static bool TryParse(string id, [NotNullWhen(true)] out IanaTimeZone? zone, [NotNullWhen(false)] out ScheduleProblem? problem)
    {
        // Names are compared with their case, as the controller does; .NET itself would take "zulu" for "Zulu".
        var known = IanaTimeZoneNames.IsWellFormed(id) && TimeZoneInfo.TryFindSystemTimeZoneById(id, out var rules) && rules.Id == id ? rules : null;
        zone = known is null ? null : new IanaTimeZone(known);
        problem = known is null ? IanaTimeZoneNames.Refuse(id) : null;
        return zone is not null;
    }

    public DateTime ToLocal(DateTime utc) => utc + rules.GetUtcOffset(utc);

    /// <summary>
    /// The instant at which clocks show this time. Where they never do, or do twice, one of the two possible instants is taken in the way of Go's
    /// <c>time.Date</c>, since that is what the controller calls: with the offset that holds near the local time read as if it were UTC.
    /// </summary>
    public DateTime ToUtc(DateTime local)
    {
        var guess = rules.GetUtcOffset(DateTime.SpecifyKind(local, DateTimeKind.Utc));
        var offset = rules.GetUtcOffset(DateTime.SpecifyKind(local - guess, DateTimeKind.Utc));
        return DateTime.SpecifyKind(local - offset, DateTimeKind.Utc);
    }

    public override string ToString() => Id;
}
