using GitOps.Triggers.Containers;

namespace GitOps.Triggers.Cli;

/// <summary>What the engine needs of the machine, whatever its configuration says.</summary>
internal static class MachineChecks
{
    /// <summary>Its clock changes twice a year and its rules are old: where this one is right, time zone data is there.</summary>
    private const string KnownZone = "Europe/Oslo";

    public static async Task<DoctorLine> GitAsync(string folder, CancellationToken ct) =>
        (await Git.AskAsync(folder, ["--version"], ct))?.Trim() is { } version
            ? DoctorLine.Ok("git", version)
            : DoctorLine.Fail("git", "There is no git on this machine.", "Install it: the engine fetches repositories with it.");

    public static DoctorLine Clock(DateTimeOffset now)
    {
        // A clock that has lost its battery starts in the past; then nothing would run when it should.
        var built = File.GetLastWriteTimeUtc(typeof(MachineChecks).Assembly.Location);
        return now >= built.AddDays(-1)
            ? DoctorLine.Ok("clock", $"{TimeText.Full(now, TimeZoneInfo.Utc)}; this machine's zone is {TimeZoneInfo.Local.Id}")
            : DoctorLine.Fail("clock", $"It shows {TimeText.Full(now, TimeZoneInfo.Utc)}, which is before this program was built.", "Set the clock, and let it be kept: systemd-timesyncd, chrony or ntpd.");
    }

    public static DoctorLine TimeZones()
    {
        var summer = new DateTimeOffset(2026, 7, 1, 12, 0, 0, TimeSpan.Zero);
        return TimeZoneInfo.TryFindSystemTimeZoneById(KnownZone, out var zone) && zone.GetUtcOffset(summer) == TimeSpan.FromHours(2)
            ? DoctorLine.Ok("time zones", $"data for {TimeZoneInfo.GetSystemTimeZones().Count} zones")
            : DoctorLine.Fail("time zones", $"There is no time zone data: {KnownZone} is not known.", "Install the package tzdata.");
    }

    public static async Task<DoctorLine> ContainersAsync(ContainerEngineLocator engines, CancellationToken ct)
    {
        var report = await new ContainerProbe(engines).TryAsync(ct);
        return report.Verdict switch
        {
            ProbeVerdict.Works => DoctorLine.Ok("containers", report.Summary),
            ProbeVerdict.NoImage => DoctorLine.Warn("containers", report.Summary, "Then call doctor again."),
            ProbeVerdict.WorksWithSettings => DoctorLine.Fail("containers", report.Summary, $"{report.SettingsFile}:\n{report.Settings?.TrimEnd()}"),
            ProbeVerdict.NoEngine => DoctorLine.Fail("containers", report.Summary, "Without one nothing can be built or run on this machine."),
            _ => DoctorLine.Fail("containers", report.Summary, "Try it by hand: podman run --rm IMAGE true"),
        };
    }
}
