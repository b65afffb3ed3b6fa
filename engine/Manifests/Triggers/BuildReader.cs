using System.Buffers;
using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Manifests;

/// <summary>Reads <c>build:</c> of a manifest that lies in <paramref name="folder"/> of its repository.</summary>
internal sealed class BuildReader(string folder, Report report)
{
    private static readonly SearchValues<char> Allowed = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_");

    /// <returns>None when a path could not be read.</returns>
    public BuildSpec? Read(Fields fields)
    {
        var context = ReadPath(fields.Find("context"), ".");
        var dockerfile = ReadPath(fields.Find("dockerfile"), "Dockerfile");
        var args = ReadArgs(fields.Within("args"));
        return context is null || dockerfile is null ? null : new BuildSpec
        {
            Context = context,
            Dockerfile = dockerfile,
            Target = Values.Text(fields.Find("target")),
            Args = args,
        };
    }

    private string? ReadPath(Node? node, string fallback)
    {
        var (path, whyNot) = ManifestPath.Resolve(folder, Values.Text(node) ?? fallback);
        if (whyNot is not null)
            report.Refuse(node!, whyNot, "Write a path with / inside the repository, relative to this file's folder.");
        return path;
    }

    private Dictionary<string, string> ReadArgs(Fields fields)
    {
        var args = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var entry in fields.Entries)
        {
            if (entry.Name.AsSpan().ContainsAnyExcept(Allowed) || entry.Name.Length == 0 || char.IsAsciiDigit(entry.Name[0]))
                report.Refuse(entry.Key, $"'{Shown.Text(entry.Name)}' is not the name of a build argument.", "Use the name after ARG in the Dockerfile.");
            if (Values.Text(entry.Value) is { } value)
                args[entry.Name] = value;
        }

        return args;
    }
}
