namespace GitOps.Triggers.Containers;

/// <summary>Whether this machine runs containers as the engine starts them, and what to set if it does not.</summary>
internal sealed record ProbeReport
{
    public required ProbeVerdict Verdict { get; init; }

    /// <summary><c>podman 4.9.3</c>; none without an engine.</summary>
    public string? Engine { get; init; }

    /// <summary>What was found and what to do, in sentences.</summary>
    public required string Summary { get; init; }

    /// <summary>What to write into <see cref="SettingsFile"/>; set when the verdict is <see cref="ProbeVerdict.WorksWithSettings"/>.</summary>
    public string? Settings { get; init; }

    public string? SettingsFile { get; init; }
}
