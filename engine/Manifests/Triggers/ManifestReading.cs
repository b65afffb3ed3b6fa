using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Manifests;

/// <summary>What came of reading one manifest.</summary>
internal sealed record ManifestReading
{
    public required string File { get; init; }

    /// <summary>None when a finding is an error.</summary>
    public TriggerManifest? Manifest { get; init; }

    /// <summary>Errors and warnings, in the order of the file.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }

    /// <summary>The trigger's name where it could be read, also from a manifest that is refused for something else.</summary>
    public TriggerName? Name { get; init; }

    /// <summary>Where the name is written; none when it is the folder's.</summary>
    public Position? NameAt { get; init; }
}
