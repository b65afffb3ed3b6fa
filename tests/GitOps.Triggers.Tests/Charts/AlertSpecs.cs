using System.Reflection;
using System.Text.RegularExpressions;
using CliWrap;
using CliWrap.Buffered;
using GitOps.Triggers.Observability;
using GitOps.Triggers.Tests.Support;
using Prometheus;
using Xunit;
using YamlDotNet.RepresentationModel;

namespace GitOps.Triggers.Tests.Charts;

/// <summary>The alerts, by Prometheus' own checks: what is told, when, and in which words stands in alerts.test.yaml beside this file.</summary>
public sealed partial class AlertSpecs
{
    private static readonly string Rules = Source.File("charts", "gitops-triggers", "files", "alerts.yaml");
    private static readonly string Tests = Source.File("tests", "GitOps.Triggers.Tests", "Charts", "alerts.test.yaml");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_is_told_when_it_is_to_be_and_not_else()
    {
        using var folder = new TempFolder();
        var tests = folder.Write("alerts.test.yaml", (await File.ReadAllTextAsync(Tests, Ct)).Replace("[ALERTS]", $"[{Rules}]", StringComparison.Ordinal));

        foreach (var arguments in new string[][] { ["check", "rules", Rules], ["test", "rules", tests] })
        {
            var result = await PromtoolAsync(arguments);
            Assert.True(result.IsSuccess, result.StandardOutput + result.StandardError);
        }
    }

    [Fact]
    public void Each_has_a_test_and_words_and_a_page()
    {
        var tested = File.ReadAllText(Tests);
        var page = File.ReadAllLines(Source.File("docs", "runbooks.md"));
        Assert.All(All(), alert =>
        {
            var name = alert.Text("alert");
            var annotations = (YamlMappingNode)alert.Children["annotations"];
            Assert.Contains($"alertname: {name}\n        exp_alerts", tested, StringComparison.Ordinal);
            Assert.All((string[])["summary", "description"], key => Assert.NotEmpty(annotations.Text(key)));
            Assert.Equal($"docs/runbooks.md#{name.ToLowerInvariant()}", annotations.Text("runbook_url"));
            Assert.Contains($"## {name}", page);
            Assert.Contains(((YamlMappingNode)alert.Children["labels"]).Text("severity"), (string[])["warning", "critical"]);
        });
    }

    [Fact]
    public void Each_asks_for_metrics_that_the_engine_has()
    {
        var metrics = new EngineMetrics(Metrics.NewCustomRegistry());
        var known = typeof(EngineMetrics).GetProperties(BindingFlags.Instance | BindingFlags.Public).Select(property => ((Collector)property.GetValue(metrics)!).Name).ToList();

        Assert.All(All(), alert => Assert.All(MetricName().Matches(alert.Text("expr")), name => Assert.Contains(name.Value, known)));
    }

    private static IEnumerable<YamlMappingNode> All()
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(File.ReadAllText(Rules)));
        var group = (YamlMappingNode)((YamlSequenceNode)((YamlMappingNode)yaml.Documents[0].RootNode).Children["groups"]).Children[0];
        return ((YamlSequenceNode)group.Children["rules"]).Children.Cast<YamlMappingNode>();
    }

    private static async Task<BufferedCommandResult> PromtoolAsync(string[] arguments)
    {
        try
        {
            return await CliWrap.Cli.Wrap("promtool").WithArguments(arguments).WithValidation(CommandResultValidation.None).ExecuteBufferedAsync(Ct);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("There is no promtool on this machine: install the package prometheus.");
            throw;
        }
    }

    [GeneratedRegex("gitops_triggers_[a-z_]+")]
    private static partial Regex MetricName();
}
