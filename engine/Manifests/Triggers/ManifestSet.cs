using System.Globalization;
using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Manifests;

/// <summary>The manifests of one repository at one commit.</summary>
internal sealed record ManifestSet
{
    /// <summary>Those that can be used, in the order of their names.</summary>
    public required IReadOnlyList<TriggerManifest> Manifests { get; init; }

    public required IReadOnlyList<Finding> Findings { get; init; }

    /// <summary>Path → trigger of the files that name a trigger and cannot be used.</summary>
    public required IReadOnlyDictionary<string, TriggerName> RefusedFiles { get; init; }

    /// <summary>Every file gave a manifest. Only then does a trigger that is not among them no longer exist.</summary>
    public required bool Complete { get; init; }

    public static ManifestSet Read(IEnumerable<ManifestFile> files, ManifestContext context)
    {
        var ordered = files.OrderBy(file => file.Path, StringComparer.Ordinal).ToList();
        var most = context.Limits.ManifestsPerRepository;
        var readings = ordered.Take(most).Select(file => ManifestReader.Read(file, context)).ToList();
        var shared = readings.Where(reading => reading.Name is not null).GroupBy(reading => reading.Name!).Where(group => group.Count() > 1).ToList();

        // A name that two files claim is neither's: to take the first in the alphabet would let a new folder take over a running trigger.
        var contested = shared.Select(group => group.Key).ToHashSet();
        var manifests = readings.Select(reading => reading.Manifest).OfType<TriggerManifest>()
            .Where(manifest => !contested.Contains(manifest.Name)).OrderBy(manifest => manifest.Name).ToList();
        return new ManifestSet
        {
            Manifests = manifests,
            Findings = [.. readings.SelectMany(reading => reading.Findings), .. shared.SelectMany(SharedName), .. TooMany(ordered, most)],
            RefusedFiles = readings.Where(reading => reading.Name is { } name && (reading.Manifest is null || contested.Contains(name)))
                .ToDictionary(reading => reading.File, reading => reading.Name!, StringComparer.Ordinal),
            Complete = manifests.Count == ordered.Count,
        };
    }

    private static IEnumerable<Finding> SharedName(IGrouping<TriggerName, ManifestReading> group)
    {
        var first = group.First();
        return group.Skip(1).Select(reading => new Finding
        {
            File = reading.File,
            Line = reading.NameAt?.Line,
            Column = reading.NameAt?.Column,
            Path = "name",
            Message = $"The name '{group.Key}' is also that of {Shown.Text(first.File)}; neither is deployed anew.",
            Fix = reading.NameAt is null ? "Add a name: that no other file of the repository has." : "Give one of the two another name.",
        });
    }

    private static IEnumerable<Finding> TooMany(IReadOnlyList<ManifestFile> files, int most) => files.Count <= most ? [] :
    [
        new Finding
        {
            File = files[most].Path,
            Message = string.Create(CultureInfo.InvariantCulture, $"The repository has more than {most} manifests; only the first {most} are read, and this is the next."),
            Fix = "Move some to another repository, or have limits.manifestsPerRepository raised.",
        },
    ];
}
