using System.Globalization;
using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Manifests;

/// <summary>
/// Collects what is wrong with one file. One mistake is one finding: what was refused once is not refused again, so every
/// check may look at everything without asking what an earlier one said.
/// </summary>
internal sealed class Report
{
    private readonly string file;
    private readonly Node? root;
    private readonly int most;
    private readonly List<Note> notes = [];
    private readonly HashSet<(Node, string)> refused = new(new ByReference());

    public Report(string file, YamlDocument document, int most)
    {
        (this.file, root, this.most) = (file, document.Root, most);
        foreach (var problem in document.Problems)
        {
            notes.Add(new Note(Severity.Error, problem.At, null, problem.Path, problem.Message, problem.Fix));
            if (problem.Node is { } node)
                refused.Add((node, ""));
        }
    }

    public bool HasErrors => notes.Any(note => note.Severity == Severity.Error);

    public bool IsRefused(Node node) => refused.Contains((node, ""));

    public void Refuse(Node at, string message, string fix)
    {
        if (refused.Add((at, "")))
            notes.Add(new Note(Severity.Error, at.At, at, "", message, fix));
    }

    /// <summary>Refuses a mapping for a key that it lacks; not when the mapping was refused as a whole.</summary>
    public void RefuseMissing(Node at, string key, string message, string fix)
    {
        if (!IsRefused(at) && refused.Add((at, key)))
            notes.Add(new Note(Severity.Error, at.At, at, key, message, fix));
    }

    public void Warn(Node at, string message, string fix) => notes.Add(new Note(Severity.Warning, at.At, at, "", message, fix));

    /// <summary>In the order of the file; of very many the first, and how many more there are.</summary>
    public IReadOnlyList<Finding> Findings()
    {
        var ordered = notes.OrderBy(note => note.At.Line).ThenBy(note => note.At.Column).ToList();
        var shown = ordered.Take(most).Select(ToFinding).ToList();
        if (ordered.Count > most)
            shown.Add(Rest(ordered.Count - most));
        return shown;
    }

    private Finding ToFinding(Note note)
    {
        var path = note.Node is null || root is null ? "" : NodePath.Of(root, note.Node);
        return new Finding
        {
            Severity = note.Severity,
            File = file,
            Line = note.At.Line,
            Column = note.At.Column,
            Path = note.Node is null ? note.Below : note.Below.Length == 0 ? path : NodePath.Key(path, note.Below),
            Message = note.Message,
            Fix = note.Fix,
        };
    }

    private Finding Rest(int count) => new()
    {
        Severity = HasErrors ? Severity.Error : Severity.Warning,
        File = file,
        Message = string.Create(CultureInfo.InvariantCulture, $"{count} more findings are not shown."),
        Fix = "Mend the first ones and look again.",
    };

    // Below: the key that the node lacks, or without a node the whole path.
    private sealed record Note(Severity Severity, Position At, Node? Node, string Below, string Message, string Fix);

    private sealed class ByReference : IEqualityComparer<(Node Node, string Key)>
    {
        public bool Equals((Node Node, string Key) x, (Node Node, string Key) y) => ReferenceEquals(x.Node, y.Node) && x.Key == y.Key;

        public int GetHashCode((Node Node, string Key) value) => HashCode.Combine(System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(value.Node), value.Key);
    }
}
