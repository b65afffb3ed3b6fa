using GitOps.Triggers.Tests.Support;
using Xunit;

namespace GitOps.Triggers.Tests.Cli;

public sealed class UsageSpecs : IDisposable
{
    private readonly TempFolder folder = new();

    [Theory]
    [InlineData("stauts", "There is no command 'stauts' here. Did you mean 'status'?")]
    [InlineData("status --comit abc", "There is no option '--comit' here. Did you mean '--commit'?")]
    [InlineData("status one two", "There is no argument 'two' here.")]
    [InlineData("-o json status", "'-o' stands after the command: gitops-triggers status -o.")]
    [InlineData("next --helf", "There is no option '--helf' here.")]
    [InlineData("lint -o xml", "'xml' is none of table, json, yaml.")]
    [InlineData("status --commit abc", "--commit says what --wait waits for: add --wait.")]
    [InlineData("status --wait --timeout soon", "'soon' is not a duration such as 90s or 5m.")]
    [InlineData("runs --limit 0", "--limit takes a number from 1 to 1000.")]
    [InlineData("status --engine here", "'here' is not an address such as http://127.0.0.1:8080.")]
    [InlineData("logs", "Name a trigger or a run, or a build with --build.")]
    [InlineData("run nightly prod", "'prod' is neither an option nor after '--'.")]
    public async Task A_command_line_that_makes_no_sense_ends_with_2_and_says_why(string line, string message)
    {
        var run = await CliRun.RunAsync(folder.Path, line.Split(' '));

        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith($"error: {message}", run.Notes, StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }

    [Fact]
    public async Task Every_command_has_help_and_it_goes_to_stdout()
    {
        var root = await CliRun.RunAsync(folder.Path, "--help");
        Assert.Equal(0, root.ExitCode);
        var commands = root.Output.Split("Commands:")[1].Split('\n').Select(line => line.Trim().Split(' ')[0]).Where(name => name.Length > 0).ToList();
        Assert.Contains("status", commands);
        Assert.DoesNotContain("notify", commands);
        foreach (var command in commands)
        {
            var help = await CliRun.RunAsync(folder.Path, command, "--help");
            Assert.Equal(0, help.ExitCode);
            Assert.Contains($"gitops-triggers {command}", help.Output, StringComparison.Ordinal);
            Assert.Empty(help.Notes);
        }
    }

    [Fact]
    public async Task Without_a_configuration_an_online_command_ends_with_3_and_says_how_to_name_one()
    {
        var run = await CliRun.RunAsync(folder.Path, "status");

        Assert.Equal(3, run.ExitCode);
        Assert.Contains("engine.yaml", run.Notes, StringComparison.Ordinal);
        Assert.Contains("--config", run.Notes, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Serve_is_handed_the_configuration_and_its_exit_code_is_the_programs()
    {
        Assert.Equal(3, (await CliRun.RunAsync(folder.Path, "serve")).ExitCode);
        folder.Write("engine.yaml", "");

        Assert.Equal(CliRun.Served, (await CliRun.RunAsync(folder.Path, "serve")).ExitCode);
    }

    [Fact]
    public async Task An_engine_that_is_not_there_ends_with_3_and_a_token_that_is_none_too()
    {
        folder.Write("token", new string('a', 64));
        var away = await CliRun.RunAsync(folder.Path, "status", "--engine", "http://127.0.0.1:9", "--token-file", "token");
        folder.Write("token", "two\nlines");
        var wrong = await CliRun.RunAsync(folder.Path, "status", "--engine", "http://127.0.0.1:9", "--token-file", "token");

        Assert.Equal((3, 3), (away.ExitCode, wrong.ExitCode));
        Assert.Contains("does not answer", away.Notes, StringComparison.Ordinal);
        Assert.Contains("gitops-triggers serve", away.Notes, StringComparison.Ordinal);
        Assert.Contains("holds no token", wrong.Notes, StringComparison.Ordinal);
        Assert.DoesNotContain("two", wrong.Notes, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_that_the_engine_does_not_know_ends_with_3()
    {
        await using var engine = await TestEngine.StartAsync();
        folder.Write("token", new string('f', 64));

        var run = await CliRun.RunAsync(folder.Path, "status", "--engine", engine.Url.AbsoluteUri, "--token-file", "token");

        Assert.Equal(3, run.ExitCode);
        Assert.Contains("does not know this token", run.Notes, StringComparison.Ordinal);
    }

    /// <summary>On the engine's own machine, or in its pod: its public address may let webhooks through alone.</summary>
    [Fact]
    public async Task An_engine_whose_data_folder_is_here_is_asked_where_it_listens()
    {
        await using var engine = await TestEngine.StartAsync();
        folder.Write("data/token", File.ReadAllText(engine.TokenFile));
        folder.Write("secret", "It's a Secret to Everybody");
        folder.Write("engine.yaml", $$"""
            data: ./data
            server: { url: "https://triggers.invalid", listen: "http://0.0.0.0:{{engine.Url.Port}}" }
            environments: [ { name: dev, branch: main } ]
            webhooks: { secretFiles: [ ./secret ] }
            """);

        var here = await CliRun.RunAsync(folder.Path, "status");
        var elsewhere = await CliRun.RunAsync(folder.Path, "status", "--token-file", "data/token");

        Assert.Equal(("", 0), (here.Notes, here.ExitCode));
        Assert.Contains("Nothing here yet.", here.Output, StringComparison.Ordinal);
        Assert.Equal(3, elsewhere.ExitCode);
        Assert.Contains("https://triggers.invalid/", elsewhere.Notes, StringComparison.Ordinal);
    }

    public void Dispose() => folder.Dispose();
}
