using YamlDotNet.RepresentationModel;

namespace GitOps.Triggers.Tests.Charts;

internal static class YamlNodes
{
    public static string Text(this YamlMappingNode node, string key) => ((YamlScalarNode)node.Children[key]).Value!;

    public static YamlMappingNode Map(this YamlMappingNode node, params IEnumerable<string> path) => path.Aggregate(node, (at, key) => (YamlMappingNode)at.Children[key]);

    public static IEnumerable<YamlMappingNode> List(this YamlMappingNode node, string key) => ((YamlSequenceNode)node.Children[key]).Children.Cast<YamlMappingNode>();

    public static IReadOnlyList<YamlMappingNode> Documents(string yaml)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(yaml));
        return [.. stream.Documents.Select(document => document.RootNode).OfType<YamlMappingNode>()];
    }

    public static IEnumerable<YamlMappingNode> OfKind(this IEnumerable<YamlMappingNode> documents, string kind) => documents.Where(document => document.Text("kind") == kind);

    /// <summary>As one line, in the order of the keys: equal for what is equal, however it is written.</summary>
    public static string Canonical(this YamlNode node) => node switch
    {
        YamlMappingNode map => "{" + string.Join(",", map.Children.OrderBy(one => one.Key.ToString(), StringComparer.Ordinal).Select(one => $"{one.Key}:{one.Value.Canonical()}")) + "}",
        YamlSequenceNode list => "[" + string.Join(",", list.Children.Select(Canonical)) + "]",
        _ => node.ToString(),
    };
}
