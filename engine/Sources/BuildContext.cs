using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Sources;

/// <summary>All that a build is made from, as it stands in git's objects.</summary>
internal sealed record BuildContext
{
    public required BuildSpec Spec { get; init; }

    public required string DockerfileId { get; init; }

    /// <summary>As in <see cref="BuildInputs.LocalBase"/>. Not hashed: it follows from the Dockerfile and the build arguments.</summary>
    public LocalBase? LocalBase { get; init; }

    /// <summary>By path, ordinal.</summary>
    public required IReadOnlyList<ContextEntry> Entries { get; init; }

    public int FileCount => Entries.Count(entry => entry.Kind != ContextEntryKind.EmptyFolder);
}
