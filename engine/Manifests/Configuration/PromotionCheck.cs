using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Manifests;

/// <summary>Checks where images come from: that the environment exists, and that the way leads to one that builds.</summary>
internal sealed class PromotionCheck(Report report)
{
    public void Run(IReadOnlyList<Fields> environments)
    {
        var upstreams = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var environment in environments)
        {
            if (Values.Text(environment.Find("name")) is { } name)
                upstreams.TryAdd(name, Values.Text(environment.Find("promotesFrom")));
        }

        var reported = new HashSet<string>(StringComparer.Ordinal);
        foreach (var environment in environments)
        {
            if (environment.Find("promotesFrom") is { } node && Values.Text(node) is { } upstream && !report.IsRefused(node))
                Check(node, Values.Text(environment.Find("name")), upstream, upstreams, reported);
            else if (environment.Find("promotesFrom") is null)
                CheckUnused(environment);
        }
    }

    private void Check(Node node, string? name, string upstream, Dictionary<string, string?> upstreams, HashSet<string> reported)
    {
        if (!upstreams.ContainsKey(upstream))
        {
            var others = upstreams.Keys.Where(other => other != name).Select(other => Shown.Text(other)).ToList();
            var fix = Nearest.To(upstream, others) is { } near ? $"Write {near}." : others.Count == 0 ? "Define the environment, or remove promotesFrom." : $"Write {SchemaWords.Or(others)}.";
            report.Refuse(node, $"There is no environment '{Shown.Text(upstream)}' in this file.", fix);
            return;
        }

        if (name is null || reported.Contains(name) || Circle(name, upstreams) is not { } circle)
            return;
        reported.UnionWith(circle);
        report.Refuse(node, $"The environments promote in a circle: {Shown.Text(string.Join(" from ", [.. circle, name]))}.", "Remove promotesFrom from the environment that builds.");
    }

    /// <returns>The environments from <paramref name="name"/> on when the way comes back to it.</returns>
    private static List<string>? Circle(string name, Dictionary<string, string?> upstreams)
    {
        var way = new List<string>();
        for (string? next = name; next is not null && !way.Contains(next); next = upstreams.GetValueOrDefault(next))
        {
            way.Add(next);
            if (upstreams.GetValueOrDefault(next) == name)
                return way;
        }

        return null;
    }

    /// <summary>A gate that nothing passes through would look as if it protected something.</summary>
    private void CheckUnused(Fields environment)
    {
        RefuseUnused(environment.Within("gates"), "successfulRuns");
        RefuseUnused(environment.Within("gates"), "bake");
        RefuseUnused(environment, "untested");
    }

    private void RefuseUnused(Fields fields, string key)
    {
        if (fields.TryFind(key, out var entry))
            report.Refuse(entry.Key, $"{key} speaks of the environment that images come from, and this one builds its own.", $"Add promotesFrom, or remove {key}.");
    }
}
