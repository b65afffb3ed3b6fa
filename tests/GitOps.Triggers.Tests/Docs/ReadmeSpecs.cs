using System.Text;
using System.Text.RegularExpressions;
using GitOps.Triggers.Cli;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Manifests;
using GitOps.Triggers.Tests.Support;
using Xunit;

namespace GitOps.Triggers.Tests.Docs;

public partial class ReadmeSpecs
{
    private static readonly string Text = File.ReadAllText(Source.File("README.md"));

    [Fact]
    public void Its_trigger_yaml_is_valid()
    {
        var file = new ManifestFile("trigger.yaml", Encoding.UTF8.GetBytes(Block("# trigger.yaml")));
        var repository = RepositoryUrl.Parse("https://github.com/example/issue-summary");

        var reading = ManifestReader.Read(file, new ManifestContext { Repository = RepositoryId.FromUrl(repository), RepositoryName = "issue-summary" });

        Assert.Empty(reading.Findings);
    }

    [Fact]
    public void Its_engine_yaml_is_valid() =>
        Assert.Empty(EngineConfigurationReader.Read("/srv/engine.yaml", Encoding.UTF8.GetBytes(Block("# engine.yaml")), _ => "secret").Findings);

    [Fact]
    public async Task Every_command_that_it_names_exists()
    {
        var commands = CommandName().Matches(Text).Select(match => match.Groups[1].Value).Distinct().ToList();

        Assert.NotEmpty(commands);
        foreach (var command in commands)
            Assert.Equal(0, await CommandLine.RunAsync([command, "--help"], (_, _) => Task.FromResult(1)));
    }

    [Fact]
    public void Every_file_that_it_links_to_exists() =>
        Assert.All(Link().Matches(Text).Select(match => match.Groups[1].Value), link => Assert.True(Path.Exists(Source.File(link)), link));

    private static string Block(string firstLine)
    {
        var block = Fence().Matches(Text).Select(match => match.Groups[1].Value).Single(content => content.TrimStart().StartsWith(firstLine, StringComparison.Ordinal));
        var indent = block.Length - block.TrimStart(' ').Length;
        return string.Join('\n', block.Split('\n').Select(line => line.Length >= indent ? line[indent..] : line));
    }

    [GeneratedRegex("```yaml\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex("gitops-triggers ([a-z]+)")]
    private static partial Regex CommandName();

    [GeneratedRegex(@"\]\(([^)#:]+)\)")]
    private static partial Regex Link();
}
