using System.Formats.Tar;
using System.Text.Json;
using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Builds;

/// <summary>
/// Looks into the archive that a build left before it is loaded. A step of the Dockerfile could have put another there, with names such as
/// <c>docker.io/library/python:3.13-slim</c>, under which other repositories' builds would then find it.
/// </summary>
internal static class KanikoArchive
{
    private const string Manifest = "manifest.json";
    private const int LongestManifest = 1 << 20;
    private const int MostEntries = 1_000;

    /// <summary>None when it holds one image under this one name, in docker's format, and nothing else; else what is wrong with it.</summary>
    public static string? Problem(string archive, string name)
    {
        if (!LeftFile.HasContent(archive))
            return "there is no archive";
        try
        {
            using var stream = File.OpenRead(archive);
            return Problem(stream, name);
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or JsonException or FormatException or UnauthorizedAccessException)
        {
            return $"the archive cannot be read ({e.Message})";
        }
    }

    private static string? Problem(Stream archive, string name)
    {
        var entries = new HashSet<string>(StringComparer.Ordinal);
        DockerManifest[]? manifest = null;
        using var tar = new TarReader(archive);
        while (tar.GetNextEntry() is { } entry)
        {
            if (entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile) || !entries.Add(entry.Name) || entries.Count > MostEntries)
                return $"its entry '{Shown.Text(entry.Name)}' is no plain file, stands there twice or is one of too many";
            if (entry.Name == Manifest && entry.Length <= LongestManifest && entry.DataStream is { } content)
                manifest = JsonSerializer.Deserialize<DockerManifest[]>(content);
        }
        if (manifest is not [{ Config: { } config, RepoTags: { } names, Layers: { } layers }])
            return "it does not hold exactly one image";
        if (names is not [var only] || only != name)
            return $"its image goes by other names than {name}: {Shown.Text(string.Join(", ", names))}";
        return entries.SetEquals([Manifest, config, .. layers]) ? null : "it holds more or less than its image";
    }

    private sealed record DockerManifest(string? Config, IReadOnlyList<string>? RepoTags, IReadOnlyList<string>? Layers);
}
