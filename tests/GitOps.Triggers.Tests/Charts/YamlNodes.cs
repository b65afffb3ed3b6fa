using YamlDotNet.RepresentationModel;

namespace GitOps.Triggers.Tests.Charts;

internal static class YamlNodes
{
    public static string Text(this YamlMappingNode node, string key) => ((YamlScalarNode)node.Children[key]).Value!;
}
