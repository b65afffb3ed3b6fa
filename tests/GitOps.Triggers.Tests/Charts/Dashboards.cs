using System.Text.Json.Nodes;

namespace GitOps.Triggers.Tests.Charts;

/// <summary>A panel of a Grafana dashboard that shows something.</summary>
internal sealed record Panel(string Dashboard, JsonObject Json)
{
    public string Title => (string)Json["title"]!;

    public string Type => (string)Json["type"]!;

    public IReadOnlyList<string> Queries => [.. Json["targets"]!.AsArray().Select(target => (string)target!["expr"]!)];

    public override string ToString() => $"{Dashboard}: {Title}";
}

internal static class Dashboards
{
    public static IReadOnlyList<(string Name, JsonNode Json)> All { get; } =
        [.. Directory.GetFiles(Path.Combine(Helm.Chart, "dashboards"), "*.json").Order(StringComparer.Ordinal).Select(file => (Path.GetFileNameWithoutExtension(file), JsonNode.Parse(File.ReadAllText(file))!))];

    public static IReadOnlyList<Panel> Panels { get; } =
        [.. All.SelectMany(dashboard => dashboard.Json["panels"]!.AsArray().Where(panel => (string)panel!["type"]! != "row").Select(panel => new Panel(dashboard.Name, panel!.AsObject())))];
}
