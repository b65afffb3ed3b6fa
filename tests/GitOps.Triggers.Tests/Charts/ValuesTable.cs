using System.Text;
using YamlDotNet.RepresentationModel;

namespace GitOps.Triggers.Tests.Charts;

/// <summary>The rows of a chart's README: each key of values.yaml that has a comment of the form <c># -- …</c> right above it.</summary>
internal static class ValuesTable
{
    public sealed record Row(string Key, string Default, string Meaning);

    public static IReadOnlyList<Row> Rows(IReadOnlyList<string> lines)
    {
        var values = YamlNodes.Documents(string.Join('\n', lines)).Single();
        var rows = new List<Row>();
        var path = new List<string>();
        for (var index = 0; index < lines.Count; index++)
        {
            var text = lines[index].TrimStart();
            var depth = (lines[index].Length - text.Length) / 2;
            if (text.Length == 0 || text[0] is '#' or '-' || text.IndexOf(':', StringComparison.Ordinal) is not (> 0 and var colon))
                continue;
            path.RemoveRange(Math.Min(depth, path.Count), path.Count - Math.Min(depth, path.Count));
            path.Add(text[..colon]);
            const string Mark = "# -- ";
            if (index > 0 && lines[index - 1].TrimStart() is var above && above.StartsWith(Mark, StringComparison.Ordinal))
                rows.Add(new Row(string.Join('.', path), Default(path.Aggregate((YamlNode)values, (at, key) => ((YamlMappingNode)at).Children[key])), above[Mark.Length..]));
        }
        return rows;
    }

    public static string Write(IEnumerable<Row> rows)
    {
        var table = new StringBuilder("\n| value | default | |\n|---|---|---|\n");
        foreach (var row in rows)
            table.Append("| `").Append(row.Key).Append("` | ").Append(row.Default).Append(" | ").Append(row.Meaning.Replace("|", "\\|", StringComparison.Ordinal)).Append(" |\n");
        return table.Append('\n').ToString();
    }

    private static string Default(YamlNode node) => node switch
    {
        YamlScalarNode { Value: "" } => "",
        YamlScalarNode scalar => $"`{scalar.Value}`",
        YamlSequenceNode { Children.Count: 0 } => "`[]`",
        YamlMappingNode { Children.Count: 0 } => "`{}`",
        YamlSequenceNode list when list.Children.All(one => one is YamlScalarNode) => $"`[{string.Join(", ", list.Children)}]`",
        _ => "see `values.yaml`",
    };
}
