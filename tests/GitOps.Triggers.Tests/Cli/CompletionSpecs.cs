using CliWrap.Buffered;
using GitOps.Triggers.Tests.Support;
using Xunit;

namespace GitOps.Triggers.Tests.Cli;

/// <summary>With the real program, and with a shell where it is installed.</summary>
public class CompletionSpecs
{
    private static readonly string ProgramFolder = AppContext.BaseDirectory.TrimEnd('/');

    [Theory]
    [InlineData("gitops-triggers sta", "status")]
    [InlineData("gitops-triggers status --wa", "--wait")]
    [InlineData("gitops-triggers status -o js", "json")]
    [InlineData("gitops-triggers completion z", "zsh")]
    public async Task Bash_completes_what_the_program_knows(string typed, string completed)
    {
        var script = $$"""
            source <(gitops-triggers completion bash)
            COMP_LINE='{{typed}}' COMP_POINT={{typed.Length}} COMP_WORDS=({{typed}})
            COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
            _gitops_triggers
            printf '%s\n' "${COMPREPLY[@]}"
            """;

        Assert.Equal(completed + "\n", await RunAsync("bash", "-c", script));
    }

    [Fact]
    public async Task Fish_completes_what_the_program_knows()
    {
        SkipWithout("fish");

        var found = await RunAsync("fish", "--no-config", "-c", "gitops-triggers completion fish | source; complete -C 'gitops-triggers status --wa'");

        Assert.Equal("--wait\n", found);
    }

    [Fact]
    public async Task Zsh_completes_what_the_program_knows()
    {
        SkipWithout("zsh");
        // Without a terminal there is no completion to call: what it would offer is printed in place of compadd.
        const string Script = """
            compdef() { :; }
            compadd() { shift; print -l -- "$@"; }
            source <(gitops-triggers completion zsh)
            words=(gitops-triggers status --wa) CURRENT=3
            _gitops_triggers
            """;

        Assert.Equal("--wait\n", await RunAsync("zsh", "-f", "-c", Script));
    }

    [Fact]
    public async Task A_shell_that_is_not_known_is_refused_with_those_that_are()
    {
        var run = await CliRun.RunAsync(Source.Root, "completion", "tcsh");

        Assert.Equal(2, run.ExitCode);
        Assert.All(["bash", "zsh", "fish"], shell => Assert.Contains(shell, run.Notes, StringComparison.Ordinal));
    }

    private static void SkipWithout(string shell) => Assert.SkipUnless(
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, shell))), $"There is no {shell} on this machine.");

    private static async Task<string> RunAsync(string shell, params string[] arguments)
    {
        var result = await CliWrap.Cli.Wrap(shell).WithArguments(arguments)
            .WithEnvironmentVariables(variables => variables.Set("PATH", $"{ProgramFolder}:{Environment.GetEnvironmentVariable("PATH")}"))
            .ExecuteBufferedAsync(TestContext.Current.CancellationToken);
        return result.StandardOutput;
    }
}
