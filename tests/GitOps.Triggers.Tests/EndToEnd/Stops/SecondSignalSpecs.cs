using GitOps.Triggers.Tests.Support;
using Xunit;

namespace GitOps.Triggers.Tests.EndToEnd.Stops;

/// <summary>Whoever cannot wait, and an engine that was killed: nothing that it had started goes on for long.</summary>
public sealed class SecondSignalSpecs
{
    [Theory]
    [InlineData("TERM", "TERM", 143)]
    [InlineData("TERM", "INT", 130)]
    [InlineData("INT", "TERM", 143)]
    public async Task A_second_signal_ends_the_engine_at_once_and_all_that_it_has_started(string first, string second, int exitCode)
    {
        if ((first, second) is not ("TERM", "TERM"))
            Processes.SkipWhereInterruptsAreIgnored();
        using var folder = new TempFolder();
        var (engine, git) = await FetchingAsync(folder, "trap '' INT");
        await using var _ = engine;

        engine.Signal(first);
        await engine.UntilAsync("it stops", () => Task.FromResult(engine.Log.Contains("shutting down", StringComparison.Ordinal)));
        Assert.False(engine.HasExited);
        engine.Signal(second);
        await engine.WaitForExitAsync(TimeSpan.FromSeconds(2));

        Assert.Equal(exitCode, engine.ExitCode);
        Assert.Empty(Processes.Mentioning(git));
    }

    [Fact]
    public async Task What_a_killed_engine_left_under_way_is_ended_at_the_next_start_and_nothing_else()
    {
        using var folder = new TempFolder();
        using var others = new TempFolder();
        var (engine, git) = await FetchingAsync(folder, "");
        await using var first = engine;
        var (other, othersGit) = await FetchingAsync(others, "");
        await using var second = other;

        await engine.KillAsync();
        Assert.NotEmpty(Processes.Mentioning(git));
        await Eventually.HoldsAsync("one that had just been started bears git's name too", () => Processes.Mentioning(folder["tools/git"]).Count == 0 && Processes.Mentioning($"sleep {git}").Count == 0);
        folder.Write("tools/git", "#!/bin/sh\nexit 1\n");
        await engine.StartAsync(("PATH", Tools(folder)));

        Assert.Empty(Processes.Mentioning(git));
        Assert.NotEmpty(Processes.Mentioning(othersGit));
        other.Signal("TERM");
        other.Signal("TERM");
        await other.WaitForExitAsync(TimeSpan.FromSeconds(10));
        Assert.Empty(Processes.Mentioning(othersGit));
    }

    /// <returns>An engine with a git that never ends, and what is seen in that one's arguments.</returns>
    private static async Task<(EngineProcess Engine, string Git)> FetchingAsync(TempFolder folder, string before)
    {
        var repository = await WorkingCopy.CreateAsync(folder, "nightly");
        var seconds = Stopping.LongSleep();
        // Under git's own name, and with a helper below it as git has.
        File.SetUnixFileMode(
            folder.Write("tools/git", $"#!/bin/bash\n{before}\nbash -c 'exec -a git-remote-https sleep {seconds}' &\nexec -a git tail -q -f /dev/null /{seconds} 2>/dev/null\n"),
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var engine = new EngineProcess(folder, EngineProcess.DevOnly);
        await File.AppendAllTextAsync(engine.Configuration, $"\nrepositories: [ {{ url: \"{repository.Url}\" }} ]\n");
        await engine.StartAsync(("PATH", Tools(folder)));
        await engine.UntilAsync("git has begun", () => Task.FromResult(
            Processes.Mentioning($"git\0-q\0-f\0/dev/null\0/{seconds}").Count > 0 && Processes.Mentioning($"git-remote-https\0{seconds}").Count > 0));
        return (engine, seconds);
    }

    private static string Tools(TempFolder folder) => $"{folder["tools"]}:{Environment.GetEnvironmentVariable("PATH")}";
}
