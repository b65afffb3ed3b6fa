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
    public void Every_call_of_the_program_that_it_shows_is_understood_with_its_options()
    {
        var program = CommandLine.Create((_, _) => Task.FromResult(0), Shell.OfProcess());
        var calls = Call().Matches(Text).Select(match => match.Groups[1].Value.Trim()).Distinct().ToList();

        Assert.Contains("status", calls);
        Assert.All(calls, call => Assert.Empty(program.Parse(call.Split(' ')).Errors.Select(error => $"{call}: {error.Message}")));
    }

    [Fact]
    public void The_tables_that_it_shows_line_up()
    {
        var lines = Text.Split('\n');
        var headers = lines.Index().Where(line => line.Item.Contains("  TRIGGER  ", StringComparison.Ordinal)).ToList();

        Assert.Equal(2, headers.Count);
        foreach (var (at, header) in headers)
        {
            var columns = ColumnStart().Matches(header).Select(match => match.Index).ToList();
            foreach (var row in lines.Skip(at + 1).TakeWhile(line => line.Length > 0 && line != "```"))
                Assert.All(columns, column => Assert.True(row[column] != ' ' && (column == 0 || row[(column - 2)..column] == "  "), row));
        }
    }

    [Fact]
    public void Every_script_that_it_calls_can_be_run()
    {
        var scripts = ScriptCall().Matches(Text).Select(match => Source.File(match.Groups[1].Value)).ToList();

        Assert.NotEmpty(scripts);
        Assert.All(scripts, script => Assert.True(File.GetUnixFileMode(script).HasFlag(UnixFileMode.UserExecute), script));
    }

    [Fact]
    public void The_steps_to_a_running_engine_fit_together()
    {
        var project = Regex.Match(Text, "dotnet publish ([^ ]+) ").Groups[1].Value;
        var secret = Regex.Match(Text, "> ([^ )`]+)[)`]").Groups[1].Value;
        var configuration = EngineConfigurationReader.Read("/srv/engine.yaml", Encoding.UTF8.GetBytes(Block("# engine.yaml")), _ => "secret").Configuration!;

        Assert.True(Directory.Exists(Source.File(project)), project);
        Assert.Equal([$"/srv/{secret}"], configuration.WebhookSecretFiles);
        Assert.Equal("/srv/data", configuration.DataFolder);
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

    /// <summary>At a prompt, or in a code span.</summary>
    [GeneratedRegex("(?:^\\$ |`)gitops-triggers ([^`\n]+)", RegexOptions.Multiline)]
    private static partial Regex Call();

    [GeneratedRegex("(?<=^|  )[A-Z]")]
    private static partial Regex ColumnStart();

    [GeneratedRegex("^(\\./[a-z]+\\.sh)", RegexOptions.Multiline)]
    private static partial Regex ScriptCall();

    [GeneratedRegex(@"\]\(([^)#:]+)\)")]
    private static partial Regex Link();
}
