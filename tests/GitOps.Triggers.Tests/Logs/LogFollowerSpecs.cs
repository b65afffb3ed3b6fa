using GitOps.Triggers.Domain;
using GitOps.Triggers.Logs;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace GitOps.Triggers.Tests.Logs;

public sealed class LogFollowerSpecs : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("gitops-triggers-logs-");
    private readonly FakeTimeProvider time = new();
    private bool finished;

    private string LogPath => Path.Combine(folder.FullName, "1.log");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task I_can_follow_a_log_while_it_is_written()
    {
        using var log = LogFile.Create(LogPath, limit: 1 << 20, SecretMask.None);
        await using var follower = Follow();
        log.Write("first");
        log.Write("second");

        Assert.Equal("first", await NextAsync(follower));
        Assert.Equal("second", await NextAsync(follower));

        var third = NextAsync(follower);
        await Task.Yield();
        Assert.False(third.IsCompleted);
        log.Write("third");
        Assert.Equal("third", await third);

        log.Write("the last one");
        finished = true;
        Assert.Equal("the last one", await NextAsync(follower));
        Assert.Null(await NextAsync(follower));
    }

    [Fact]
    public async Task I_can_follow_a_log_before_it_is_there()
    {
        await using var follower = Follow();
        var first = NextAsync(follower);
        await Task.Yield();
        Assert.False(first.IsCompleted);

        using var log = LogFile.Create(LogPath, limit: 1 << 20, SecretMask.None);
        log.Write("here I am");

        Assert.Equal("here I am", await first);
    }

    [Fact]
    public async Task A_log_that_is_not_there_has_no_records()
    {
        Assert.Empty(await LogFollower.ReadAsync(LogPath, Cancelled).ToListAsync(Cancelled));
    }

    [Fact]
    public async Task I_see_the_beginning_of_a_record_that_a_crash_cut_off()
    {
        await File.WriteAllTextAsync(LogPath, "whole\nha", Cancelled);

        Assert.Equal(["whole", "ha"], await LogFollower.ReadAsync(LogPath, Cancelled).ToListAsync(Cancelled));
    }

    [Fact]
    public async Task Records_longer_than_the_readers_buffer_and_letters_across_its_end_come_whole()
    {
        var records = Enumerable.Range(1, 40).Select(n => new string('ø', n * 997)).ToList();
        await File.WriteAllLinesAsync(LogPath, records, Cancelled);

        Assert.Equal(records, await LogFollower.ReadAsync(LogPath, Cancelled).ToListAsync(Cancelled));
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private IAsyncEnumerator<string> Follow() =>
        LogFollower.FollowAsync(LogPath, _ => ValueTask.FromResult(finished), time, Cancelled).GetAsyncEnumerator(Cancelled);

    private async Task<string?> NextAsync(IAsyncEnumerator<string> follower)
    {
        var next = follower.MoveNextAsync().AsTask();
        while (await Task.WhenAny(next, Task.Delay(1, Cancelled)) != next)
            time.Advance(TimeSpan.FromSeconds(1));
        return await next ? follower.Current : null;
    }
}
