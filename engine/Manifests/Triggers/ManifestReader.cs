using System.Globalization;
using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Manifests;

/// <summary>Reads a <c>trigger.yaml</c>: its form by the published schema, then what a schema cannot say. All findings at once.</summary>
internal static class ManifestReader
{
    private const int MostEnvironments = 50;

    private static readonly string Longest = TriggerName.Longest.ToString(CultureInfo.InvariantCulture);

    public static ManifestReading Read(ManifestFile file, ManifestContext context)
    {
        var document = YamlReader.Read(file.Content.Span, context.Limits.ManifestBytes, context.Limits.ManifestDepth);
        var report = new Report(file.Path, document, context.Limits.FindingsPerFile);
        if (document.Root is null)
            return new ManifestReading { File = file.Path, Findings = report.Findings() };

        var fields = new Fields(document.Root);
        var written = fields.Find("name");
        var name = ReadName(file.Path, written, document.Root, context, report);
        var manifest = Read(file.Path, name, fields, context, report);
        // Last, since the readers know more of a value than its pattern does, and of one mistake the first finding stays.
        SchemaCheck.Run(PublishedSchema.Trigger, document.Root, report);
        return new ManifestReading
        {
            File = file.Path,
            Manifest = report.HasErrors ? null : manifest,
            Findings = report.Findings(),
            Name = name,
            NameAt = written?.At,
        };
    }

    private static TriggerManifest? Read(string file, TriggerName? name, Fields fields, ManifestContext context, Report report)
    {
        var environments = new EnvironmentReader(fields.Find("run"), name, context, report);
        var build = new BuildReader(ManifestPath.Folder(file), report).Read(fields.Within("build"));
        // The schema refuses more. Each may repeat all of run:, and a small file could ask for millions of variables.
        var specs = fields.Within("environments").Entries.Take(MostEnvironments)
            .Select(entry => (Name: environments.ReadName(entry), Spec: environments.Read(entry)))
            .Where(pair => pair.Name is not null)
            .ToDictionary(pair => pair.Name!, pair => pair.Spec);
        return name is null || build is null ? null : new TriggerManifest
        {
            File = file,
            Name = name,
            Description = Values.Text(fields.Find("description")),
            Build = build,
            Environments = specs,
        };
    }

    private static TriggerName? ReadName(string file, Node? written, Node root, ManifestContext context, Report report)
    {
        if (written is not null)
        {
            if (!TriggerName.TryParse(Values.Text(written), out var name) && Values.Text(written) is { } text)
                report.Refuse(written, $"'{Shown.Text(text)}' is not a trigger name.", $"Write {Near(text)}: names have lower-case letters, digits and dashes, at most {Longest} characters.");
            return name;
        }

        var folder = ManifestPath.Folder(file);
        var fallback = (folder.Length == 0 ? context.RepositoryName : folder).Split('/')[^1];
        if (TriggerName.TryParse(fallback, out var found))
            return found;
        report.RefuseMissing(root, "name",
            $"'name' is missing, and '{Shown.Text(fallback)}', the name of the {(folder.Length == 0 ? "repository" : "folder")}, is not a trigger name.",
            $"Add name: {Near(fallback)}.");
        return null;
    }

    private static string Near(string text) => DnsLabel.From(text, TriggerName.Longest) is { Length: > 0 } near ? near : "my-trigger";
}
