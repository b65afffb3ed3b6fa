using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Manifests;

/// <summary>Reads the files that are put into a container.</summary>
internal sealed class FileReader(Report report)
{
    private readonly SourceReader sources = new(report);

    public IReadOnlyDictionary<string, KeySource> Read(Fields files)
    {
        var read = new Dictionary<string, KeySource>(StringComparer.Ordinal);
        foreach (var entry in files.Entries)
        {
            if (ContainerPath.WhyNot(entry.Name) is { } reason)
                report.Refuse(entry.Key, reason, "Write the absolute path of a file, such as /etc/app/app.yaml, of letters, digits and . _ - + @.");
            if (entry.Value is Node.Mapping mapping && sources.Read(mapping) is { } source)
                read[entry.Name] = source;
        }

        RefuseNested(files);
        return read;
    }

    /// <summary>A file cannot also be a folder.</summary>
    private void RefuseNested(Fields files)
    {
        var paths = files.Entries.Select(entry => entry.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var entry in files.Entries)
        {
            if (ContainerPath.Parents(entry.Name).FirstOrDefault(paths.Contains) is { } parent)
                report.Refuse(entry.Key, $"'{Shown.Text(entry.Name)}' lies below '{Shown.Text(parent)}', which is a file, too.", "Give one of them another path.");
        }
    }
}
