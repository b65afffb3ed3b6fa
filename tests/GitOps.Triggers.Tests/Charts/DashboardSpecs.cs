using System.Reflection;
using System.Text.RegularExpressions;
using GitOps.Triggers.Observability;
using Prometheus;
using Xunit;

namespace GitOps.Triggers.Tests.Charts;

/// <summary>What holds for every panel. That each query answers is seen by <see cref="ObserveSpecs"/>.</summary>
public sealed partial class DashboardSpecs
{
    [Fact]
    public void There_are_two_and_their_addresses_stay()
    {
        Assert.Equal(["gitops-triggers-fleet", "gitops-triggers-trigger"], Dashboards.All.Select(dashboard => (string?)dashboard.Json["uid"]));
        Assert.All(Dashboards.All, dashboard => Assert.Equal("datasource", (string?)dashboard.Json["templating"]!["list"]![0]!["type"]));
        Assert.All(Dashboards.All, dashboard => Assert.Distinct(dashboard.Json["panels"]!.AsArray().Select(panel => (int)panel!["id"]!)));
    }

    [Fact]
    public void Each_panel_says_what_it_shows_in_which_unit_and_takes_the_chosen_Prometheus() => Assert.All(Dashboards.Panels, panel =>
    {
        Assert.EndsWith(".", (string?)panel.Json["description"], StringComparison.Ordinal);
        Assert.NotEmpty((string?)panel.Json["fieldConfig"]!["defaults"]!["unit"] ?? "");
        Assert.All(panel.Json["targets"]!.AsArray().Append(panel.Json), one => Assert.Equal("${datasource}", (string?)one!["datasource"]!["uid"]));
    });

    [Fact]
    public void No_two_panels_lie_on_each_other() => Assert.All(Dashboards.All, dashboard =>
    {
        var taken = new HashSet<(int, int)>();
        foreach (var place in dashboard.Json["panels"]!.AsArray().Select(panel => panel!["gridPos"]!))
        {
            var (x, y, width, height) = ((int)place["x"]!, (int)place["y"]!, (int)place["w"]!, (int)place["h"]!);
            Assert.InRange(x + width, 1, 24);
            for (var column = x; column < x + width; column++)
                Assert.All(Enumerable.Range(y, height), row => Assert.True(taken.Add((column, row)), $"{dashboard.Name}: {x}, {y}"));
        }
    });

    [Fact]
    public void A_rate_is_taken_over_as_long_as_Grafana_says() => Assert.All(Dashboards.Panels, panel => Assert.All(panel.Queries, query =>
        Assert.All(Window().Matches(query), window => Assert.Contains(window.Groups[1].Value, (string[])["$__rate_interval", "$__range"]))));

    [Fact]
    public void Only_metrics_that_the_engine_has_are_asked_for()
    {
        var metrics = new EngineMetrics(Metrics.NewCustomRegistry());
        var known = typeof(EngineMetrics).GetProperties(BindingFlags.Instance | BindingFlags.Public).Select(property => (Collector)property.GetValue(metrics)!)
            .SelectMany(metric => metric is Histogram ? [metric.Name + "_bucket"] : new[] { metric.Name }).ToHashSet(StringComparer.Ordinal);

        Assert.All(Dashboards.Panels, panel => Assert.All(panel.Queries, query =>
        {
            var names = MetricName().Matches(query);
            Assert.NotEmpty(names);
            Assert.All(names, name => Assert.Contains(name.Value, known));
        }));
    }

    [GeneratedRegex("gitops_triggers_[a-z_]+")]
    private static partial Regex MetricName();

    [GeneratedRegex(@"\[([^\]]*)\]")]
    private static partial Regex Window();
}
