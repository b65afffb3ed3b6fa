using System.Diagnostics;
using System.Globalization;
using GitOps.Triggers.Containers;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Tests.Support;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace GitOps.Triggers.Tests.Containers;

public sealed class ContainerCommandSpecs
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task I_get_the_output_of_a_call()
    {
        using var tool = new Script("podman", "printf 'one\\ntwo\\n'; echo warning >&2");

        Assert.Equal("one\ntwo", await Command(tool).RunAsync([], Cancelled));
    }

    [Fact]
    public async Task An_answer_in_one_long_line_comes_whole()
    {
        using var tool = new Script("podman", "head -c 300000 /dev/zero | tr '\\0' x");

        Assert.Equal(new string('x', 300_000), await Command(tool).RunAsync([], Cancelled));
    }

    [Fact]
    public async Task Arguments_arrive_as_they_are()
    {
        using var tool = new Script("podman", "for each in \"$@\"; do echo \"<$each>\"; done");

        Assert.Equal("<a b>\n<>\n<$(id)>\n<*>\n<\"'>", await Command(tool).RunAsync(["a b", "", "$(id)", "*", "\"'"], Cancelled));
    }

    [Fact]
    public async Task A_failed_call_says_which_one_its_last_lines_and_what_to_do()
    {
        using var tool = new Script("podman", "echo early >&2; echo 'Error: writing canary-7f3a: no space left on device' >&2; exit 125");

        var error = await Assert.ThrowsAsync<ContainerException>(() =>
            Command(tool, SecretMask.Of("canary-7f3a")).RunAsync(["image", "pull", "--creds", "x:canary-7f3a", "example.com/x"], Cancelled));

        Assert.Equal(ContainerFailureKind.Storage, error.Kind);
        Assert.Equal(
            "'podman image pull' failed with exit code 125: early | Error: writing ***: no space left on device. Make room on the disk of the container store and of the data folder.",
            error.Message);
    }

    [Fact]
    public async Task A_tool_that_is_not_installed_is_a_problem_of_the_engine()
    {
        var error = await Assert.ThrowsAsync<ContainerException>(() =>
            new ContainerCommand("no-such-tool-7f3a", SecretMask.None, TimeProvider.System).RunAsync(["version"], Cancelled));

        Assert.Equal(ContainerFailureKind.Engine, error.Kind);
        Assert.StartsWith("'no-such-tool-7f3a' could not be started: it is not installed, or not on the PATH.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_variable_can_be_added_for_one_call_and_another_taken_away()
    {
        using var tool = new Script("podman", "echo \"$ADDED ${HOME-none}\"");

        Assert.Equal("yes none", await Command(tool).With("ADDED", "yes").With("HOME", null).RunAsync([], Cancelled));
    }

    [Fact]
    public async Task A_cancelled_call_may_end_by_itself()
    {
        Processes.SkipWhereInterruptsAreIgnored();
        using var tool = new Script("podman", "trap 'echo interrupted; exit 0' INT; echo ready; while :; do sleep 0.1; done");
        using var cancel = new CancellationTokenSource();
        var lines = new List<string>();

        var call = Command(tool).StreamAsync([], line =>
        {
            lines.Add(line);
            cancel.CancelAfter(TimeSpan.Zero);
        }, _ => { }, cancel.Token);

        var error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Equal(cancel.Token, error.CancellationToken);
        Assert.Equal(["ready", "interrupted"], lines);
    }

    [Fact]
    public async Task A_cancelled_call_that_does_not_end_is_killed_with_its_descendants()
    {
        using var tool = new Script("podman", "trap '' INT; sleep 600 & echo $!; wait");
        using var cancel = new CancellationTokenSource();
        var time = new FakeTimeProvider();
        var child = new TaskCompletionSource<int>();

        var call = Command(tool, time: time).StreamAsync([], line => child.SetResult(int.Parse(line, CultureInfo.InvariantCulture)), _ => { }, cancel.Token);
        var sleeping = await child.Task.WaitAsync(Cancelled);
        await cancel.CancelAsync();
        Assert.False(call.IsCompleted);
        Assert.True(IsRunning(sleeping));

        time.Advance(ContainerCommand.Grace);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        // The signal is sent when the call ends; a busy machine carries it out a moment later.
        await Eventually.HoldsAsync("its descendant has ended", () => !IsRunning(sleeping));
    }

    [Fact]
    public async Task A_call_that_is_cancelled_before_it_begins_is_not_made()
    {
        using var tool = new Script("podman", "touch \"$0.called\"");

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Command(tool).RunAsync([], new CancellationToken(canceled: true)));

        Assert.False(File.Exists(tool.Program + ".called"));
    }

    private static ContainerCommand Command(Script tool, SecretMask? mask = null, TimeProvider? time = null) =>
        new(tool.Program, mask ?? SecretMask.None, time ?? TimeProvider.System);

    private static bool IsRunning(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            return !process.HasExited && !File.ReadAllText($"/proc/{id}/stat").Contains(") Z ", StringComparison.Ordinal);
        }
        catch (Exception e) when (e is ArgumentException or IOException)
        {
            return false;
        }
    }
}
