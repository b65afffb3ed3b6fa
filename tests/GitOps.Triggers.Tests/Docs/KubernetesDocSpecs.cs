using System.Text;
using System.Text.RegularExpressions;
using GitOps.Triggers.Cli;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Manifests;
using GitOps.Triggers.Rendering;
using GitOps.Triggers.Tests.Support;
using Xunit;

namespace GitOps.Triggers.Tests.Docs;

/// <summary>What docs/kubernetes.md tells operators to write and to type.</summary>
public sealed partial class KubernetesDocSpecs
{
    private static readonly string Text = File.ReadAllText(Source.File("docs", "kubernetes.md"));

    [Fact]
    public void Its_engine_yaml_is_valid_and_every_environment_in_it_runs_on_a_cluster()
    {
        var reading = EngineConfigurationReader.Read("/srv/engine.yaml", Encoding.UTF8.GetBytes(Block("yaml")), _ => "secret");

        Assert.Empty(reading.Findings);
        Assert.All(reading.Configuration!.Environments, environment => Assert.IsType<TargetSettings.Kubernetes>(environment.Target));
    }

    [Fact]
    public void With_its_builder_the_engine_yaml_builds_on_a_cluster_by_the_images_that_are_its_defaults()
    {
        var text = Block("yaml") + Regex.Match(Text, "```yaml\n(builder:.*?)```", RegexOptions.Singleline).Groups[1].Value;
        var reading = EngineConfigurationReader.Read("/srv/engine.yaml", Encoding.UTF8.GetBytes(text), _ => "secret");

        Assert.Empty(reading.Findings);
        var (builder, cluster) = (reading.Configuration!.Builder, reading.Configuration.Builder.Cluster!);
        var defaults = new ClusterBuilderSettings { EngineUrl = cluster.EngineUrl };
        Assert.Equal((new BuilderSettings().KanikoImage, defaults.ContextImage, defaults.PushImage, defaults.Namespace), (builder.KanikoImage, cluster.ContextImage, cluster.PushImage, cluster.Namespace));
        Assert.NotNull(cluster.PushSecret);
    }

    [Fact]
    public void Its_namespaces_are_those_that_its_engine_yaml_makes()
    {
        var configuration = EngineConfigurationReader.Read("/srv/engine.yaml", Encoding.UTF8.GetBytes(Block("yaml")), _ => "secret").Configuration!;
        var made = configuration.Environments.Select(one => ((TargetSettings.Kubernetes)one.Target).Namespace.Replace("{repository}", "issue-summary", StringComparison.Ordinal));

        Assert.Equal(made.Order(), Namespaces().Matches(Text).Select(match => match.Value).Distinct().Order());
    }

    [Fact]
    public void Every_call_of_the_program_that_it_shows_is_understood_with_its_options()
    {
        var program = CommandLine.Create((_, _) => Task.FromResult(0), Shell.OfProcess());
        var calls = Call().Matches(Text).Select(match => match.Groups[1].Value.Trim().Replace("\"the API is down\"", "down", StringComparison.Ordinal)).Distinct().ToList();

        Assert.Contains("run issue-summary -e dev --follow", calls);
        Assert.All(calls, call => Assert.Empty(program.Parse(call.Split(' ')).Errors.Select(error => $"{call}: {error.Message}")));
    }

    [Fact]
    public void Every_file_that_it_names_is_there()
    {
        var files = Manifest().Matches(Text).Select(match => match.Groups[1].Value).Distinct().ToList();

        Assert.Equal(4, files.Count);
        Assert.All(files, file => Assert.True(File.Exists(Source.File("docs", "kubernetes", file)), file));
    }

    [Fact]
    public void It_names_what_the_engine_makes_as_the_engine_does()
    {
        Assert.Contains($"kubectl patch serviceaccount {EnvironmentObjects.RunAccount} ", Text, StringComparison.Ordinal);
        Assert.Contains($"`{OwnershipLabels.Repository}`", Text, StringComparison.Ordinal);
    }

    private static string Block(string language) => Regex.Match(Text, $"```{language}\n(.*?)```", RegexOptions.Singleline).Groups[1].Value;

    [GeneratedRegex("(?:^|`)gitops-triggers ([a-z][^`\n]+)", RegexOptions.Multiline)]
    private static partial Regex Call();

    [GeneratedRegex("trg-issue-summary-[a-z]+")]
    private static partial Regex Namespaces();

    [GeneratedRegex("docs/kubernetes/([a-z-]+\\.yaml)")]
    private static partial Regex Manifest();
}
