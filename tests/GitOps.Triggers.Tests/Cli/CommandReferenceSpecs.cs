using System.Text;
using CliWrap.Buffered;
using GitOps.Triggers.Tests.Support;
using Xunit;

namespace GitOps.Triggers.Tests.Cli;

/// <summary>With UPDATE_DOCS=1 the files are written anew.</summary>
public sealed class CommandReferenceSpecs
{
    [Fact]
    public async Task The_reference_says_what_the_commands_say_of_themselves() => await IsAsync("cli.md", await WriteAsync());

    [Fact]
    public async Task The_man_page_says_what_the_commands_say_of_themselves() => await IsAsync("gitops-triggers.1", ManPage.Write());

    [Fact]
    public async Task The_man_page_can_be_formatted_without_a_warning()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/groff"), "There is no groff on this machine.");

        var page = await CliWrap.Cli.Wrap("groff").WithArguments(["-man", "-ww", "-Tutf8", "-P-cbou", Source.File("docs", "gitops-triggers.1")])
            .ExecuteBufferedAsync(TestContext.Current.CancellationToken);

        Assert.Equal("", page.StandardError);
        Assert.Contains("disconnect", page.StandardOutput, StringComparison.Ordinal);
    }

    private static async Task IsAsync(string name, string expected)
    {
        var file = Source.File("docs", name);
        if (Environment.GetEnvironmentVariable("UPDATE_DOCS") == "1")
            await File.WriteAllTextAsync(file, expected, TestContext.Current.CancellationToken);

        Assert.True(File.Exists(file) && File.ReadAllText(file) == expected, $"docs/{name} is not what the commands say. Run this test with UPDATE_DOCS=1 and commit the file.");
    }

    private static async Task<string> WriteAsync()
    {
        var root = (await CliRun.RunAsync(Source.Root, "--help")).Output;
        var commands = root.Split("Commands:")[1].Split('\n').Select(line => line.Trim().Split(' ')[0]).Where(name => name.Length > 0);
        var text = new StringBuilder("""
            # gitops-triggers

            Written by a test from the commands themselves: `UPDATE_DOCS=1 ./test.sh -class '*CommandReferenceSpecs'`.

            Data goes to stdout, everything else to stderr; colours and moving progress only to a terminal (`NO_COLOR` is honoured).
            Exit codes: 0 fine; 1 there are findings or differences, or the run failed; 2 the command line or the request makes no sense;
            3 the engine, a file or a program that is needed is not there. `GITOPS_TRIGGERS_DEBUG=1` shows the stack of a defect.


            """);
        text.Append("```\n").Append(root.Trim()).Append("\n```\n");
        foreach (var command in commands)
            text.Append($"\n## {command}\n\n```\n").Append((await CliRun.RunAsync(Source.Root, command, "--help")).Output.Trim()).Append("\n```\n");
        return text.ToString();
    }
}
