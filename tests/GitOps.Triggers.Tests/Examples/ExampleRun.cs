using Xunit;

namespace GitOps.Triggers.Tests.Examples;

/// <summary>What came out of one run of an example's container.</summary>
public sealed record ExampleRun(int ExitCode, string Output, string Errors)
{
    public string Everything => Output + Errors;

    public IReadOnlyList<string> Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>An exit code alone says little when it is not the expected one.</summary>
    public void ShouldEndWith(int exitCode) => Assert.True(
        ExitCode == exitCode, $"ended with {ExitCode} instead of {exitCode}\nstdout:\n{Output}\nstderr:\n{Errors}");
}
