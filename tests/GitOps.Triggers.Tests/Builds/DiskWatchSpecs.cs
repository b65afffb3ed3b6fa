using GitOps.Triggers.Builds;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Tests.Support;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace GitOps.Triggers.Tests.Builds;

public sealed class DiskWatchSpecs : IDisposable
{
    private static readonly Limits Small = new() { BuildDisk = 1 << 20 };

    /// <summary>More is kept free than any disk has.</summary>
    private static readonly Limits Short = new() { ContextBytes = 1L << 60 };

    private readonly FakeTimeProvider time = new();
    private readonly TempFolder data = new();
    private readonly WorkFolder work;

    public DiskWatchSpecs() => work = WorkFolder.Create(data.Path);

    public void Dispose()
    {
        work.Dispose();
        data.Dispose();
    }

    [Fact]
    [Threat(22)]
    public async Task A_build_that_leaves_more_than_it_may_is_stopped()
    {
        var build = WatchAsync(Small);

        File.WriteAllBytes(work.File("more"), new byte[(1 << 20) + 1]);

        Assert.Null(await EndAsync(build));
    }

    [Fact]
    public async Task So_is_one_that_leaves_empty_files_without_end()
    {
        var build = WatchAsync(Small);

        for (var i = 0; i <= 256; i++)
            File.WriteAllText(work.File($"empty{i}"), "");

        Assert.Null(await EndAsync(build));
    }

    [Fact]
    public async Task What_a_link_leads_to_is_not_counted()
    {
        var large = Path.Combine(data.Path, "large");
        Directory.CreateDirectory(large);
        File.WriteAllBytes(Path.Combine(large, "more"), new byte[1 << 21]);
        File.CreateSymbolicLink(work.File("file"), Path.Combine(large, "more"));
        Directory.CreateSymbolicLink(work.File("folder"), large);
        Directory.CreateSymbolicLink(work.File("itself"), work.FullName);
        var goes = new TaskCompletionSource<int>();

        var build = new DiskWatch(Small, time).WatchAsync(work, goes.Task.WaitAsync, BuildBench.Cancelled);
        for (var looked = 0; looked < 20; looked++)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(5, BuildBench.Cancelled);
        }
        goes.SetResult(7);

        Assert.Equal(7, await build);
    }

    [Fact]
    public async Task A_disk_that_runs_short_stops_a_build_that_is_not_to_blame()
    {
        var error = await Assert.ThrowsAsync<IOException>(() => EndAsync(WatchAsync(Short)));

        Assert.StartsWith("the build was stopped: the disk of the data folder has ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_build_that_is_called_off_is_called_off()
    {
        using var cancel = new CancellationTokenSource();
        var build = new DiskWatch(Small, time).WatchAsync(work, Forever, cancel.Token);

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => build);
    }

    [Fact]
    public void No_build_begins_where_the_disk_is_short()
    {
        Assert.Null(DiskWatch.Shortage(work, new Limits { ContextBytes = 1 << 20 }));
        Assert.Matches("^the disk of the data folder has [0-9]+ MiB free, and a build begins with no less than 3221225472 GiB: ", DiskWatch.Shortage(work, Short));
    }

    private Task<int?> WatchAsync(Limits limits) => new DiskWatch(limits, time).WatchAsync(work, Forever, BuildBench.Cancelled);

    private async Task<int?> EndAsync(Task<int?> build)
    {
        await Eventually.HoldsAsync("the build is stopped", () => build.IsCompleted, () => time.Advance(TimeSpan.FromMilliseconds(200)));
        return await build;
    }

    private static async Task<int> Forever(CancellationToken ct)
    {
        await Task.Delay(Timeout.Infinite, ct);
        return 0;
    }
}
