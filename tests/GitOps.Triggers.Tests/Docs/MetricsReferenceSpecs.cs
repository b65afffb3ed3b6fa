using System.Reflection;
using System.Text;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Observability;
using GitOps.Triggers.Tests.Support;
using Prometheus;
using Xunit;

namespace GitOps.Triggers.Tests.Docs;

/// <summary>With UPDATE_DOCS=1 the file is written anew.</summary>
public sealed class MetricsReferenceSpecs
{
    private static readonly (string Label, string Meaning)[] Meanings =
    [
        ("repository", "the name under which a repository is connected"),
        ("environment", "a name of `engine.yaml`"),
        ("trigger", "the `name` of a `trigger.yaml`"),
        ("event", "GitHub's name of the event, or `other` for one that GitHub does not have"),
        ("result", "`marked`: something is looked at; `ignored`: nothing needs to be; else why it was refused"),
        ("outcome", $"of a pass {Values<PassOutcome>()}; of a build {Values(BuildState.Waiting, BuildState.Running)}; of a run `succeeded`, `failed`, `cancelled`; of a question to a remote `answered`, `failed`"),
        ("kind", Values<DeploymentKind>()),
        ("state", Values<TriggerState>()),
        ("version", "of the engine"),
        ("revision", "the commit that the engine was built of; empty where it was built outside of git"),
    ];

    [Fact]
    public async Task The_reference_is_what_the_code_says()
    {
        var file = Source.File("docs", "metrics.md");
        var expected = Write([.. All()]);
        if (Environment.GetEnvironmentVariable("UPDATE_DOCS") == "1")
            await File.WriteAllTextAsync(file, expected, TestContext.Current.CancellationToken);

        Assert.True(File.Exists(file) && File.ReadAllText(file) == expected, "docs/metrics.md is not what the code says. Run this test with UPDATE_DOCS=1 and commit the file.");
    }

    [Fact]
    public void Every_label_has_a_meaning_and_no_other_has() =>
        Assert.Equal(All().SelectMany(metric => metric.LabelNames).Distinct().Order(), Meanings.Select(one => one.Label).Order());

    [Fact]
    public void Names_tell_type_and_unit_as_Prometheus_has_it()
    {
        foreach (var metric in All())
        {
            Assert.Equal(metric is Counter, metric.Name.EndsWith("_total", StringComparison.Ordinal));
            Assert.True(metric is not Histogram || metric.Name.EndsWith("_seconds", StringComparison.Ordinal), metric.Name);
            Assert.EndsWith(".", metric.Help, StringComparison.Ordinal);
        }
    }

    /// <summary>Every metric is a property: one that is made and kept nowhere could not be counted with.</summary>
    private static IEnumerable<Collector> All()
    {
        var metrics = new EngineMetrics(Metrics.NewCustomRegistry());
        return typeof(EngineMetrics).GetProperties(BindingFlags.Instance | BindingFlags.Public).Select(property => (Collector)property.GetValue(metrics)!);
    }

    private static string Write(IReadOnlyList<Collector> metrics)
    {
        var text = new StringBuilder("""
            # Metrics

            At `/metrics`, or at `server.metrics` of `engine.yaml`. Written by a test from the code: `UPDATE_DOCS=1 ./test.sh -class '*MetricsReferenceSpecs'`.

            Gauges are made from the database at each scrape, and so are right from the first one after a start. Counters and histograms begin anew with the
            engine, as Prometheus expects; a run, a build or a pass is counted once, when it ends. No label is a commit, a branch or a run's id: series grow with
            triggers and environments only, and those of a trigger that is gone go with it (its counters, with the next start).

            | metric | type | unit | labels | |
            |---|---|---|---|---|

            """);
        foreach (var metric in metrics)
            text.Append($"| `{metric.Name}` | {metric.GetType().Name.ToLowerInvariant()} | {Unit(metric)} | {string.Join(", ", metric.LabelNames)} | {metric.Help} |\n");
        text.Append("\n| label | |\n|---|---|\n");
        foreach (var (label, meaning) in Meanings)
            text.Append($"| `{label}` | {meaning} |\n");
        return text.ToString();
    }

    private static string Unit(Collector metric) => metric.Name switch
    {
        _ when metric.Name.EndsWith("_seconds", StringComparison.Ordinal) => "seconds",
        _ when metric is Counter => "count",
        _ when metric.Name.EndsWith("_state", StringComparison.Ordinal) || metric.Name.EndsWith("_suspended", StringComparison.Ordinal) => "0 or 1",
        _ => "count",
    };

    private static string Values<T>(params IReadOnlyCollection<T> besides)
        where T : struct, Enum => string.Join(", ", Enum.GetValues<T>().Except(besides).Select(value => $"`{EngineMetrics.Label(value)}`"));
}
