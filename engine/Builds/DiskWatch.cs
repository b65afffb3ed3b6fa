using System.Globalization;
using System.IO.Enumeration;
using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Builds;

/// <summary>
/// Keeps builds on this machine from filling the disk of the data folder, which holds the engine's database too. A step can write into the folder that takes
/// its image, whatever limit its container has, and can hide there what it wrote; so the disk itself is looked at as well.
/// </summary>
internal sealed class DiskWatch(Limits limits, TimeProvider time)
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(200);

    /// <summary>Links are skipped: they lead out of the folder, to where the engine sees something else than the step did.</summary>
    private static readonly EnumerationOptions Everything = new() { RecurseSubdirectories = true, IgnoreInaccessible = true, AttributesToSkip = FileAttributes.ReparsePoint };

    /// <summary>The least that a file takes, if only of the disk's list of files.</summary>
    private const long Least = 4 << 10;

    private const int Killed = 128 + 9;

    /// <summary>Why no build can begin in the folder now; none when one can.</summary>
    public static string? Shortage(WorkFolder work, Limits limits)
    {
        var (free, needed) = (FreeAt(work), Reserve(limits) + limits.ContextBytes);
        return free >= needed ? null
            : $"the disk of the data folder has {Size(free)} free, and a build begins with no less than {Size(needed)}: room for its context, and {Size(Reserve(limits))} that stay free. Make room there.";
    }

    /// <param name="work">What the build can write to.</param>
    /// <param name="build">Stopped when too much was written.</param>
    /// <param name="ct">Stops it as well.</param>
    /// <returns>Its exit code; none when it was stopped by its own fault: see <see cref="Over"/>.</returns>
    /// <exception cref="IOException">It was stopped since the disk, which others write to as well, ran short.</exception>
    public async Task<int?> WatchAsync(WorkFolder work, Func<CancellationToken, Task<int>> build, CancellationToken ct)
    {
        using var tooMuch = new CancellationTokenSource();
        using var ended = new CancellationTokenSource();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct, tooMuch.Token);
        var watch = UntilTooMuchAsync(work, tooMuch, ended.Token);
        try
        {
            return await build(stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (tooMuch.IsCancellationRequested && !ct.IsCancellationRequested)
        {
            return await watch.ConfigureAwait(false) is { } shortage ? throw new IOException(shortage) : null;
        }
        finally
        {
            await ended.CancelAsync().ConfigureAwait(false);
            await watch.ConfigureAwait(false);
        }
    }

    /// <summary>The end of a build that wrote too much.</summary>
    public StageResult<ImageReference> Over(BuildRequest request, BuildTranscript transcript) => new StageResult<ImageReference>.Rejected([BuildFailures.OverDisk(
        FailedBuild.From(transcript, Killed, request, limits.BuildMemory),
        $"the folder that takes its image holds more than {Size(limits.BuildDisk)}.")]);

    /// <returns>That the disk ran short; none when the build wrote too much, or has ended.</returns>
    private async Task<string?> UntilTooMuchAsync(WorkFolder work, CancellationTokenSource tooMuch, CancellationToken ended)
    {
        using var timer = new PeriodicTimer(LookAgain, time);
        try
        {
            while (await timer.WaitForNextTickAsync(ended).ConfigureAwait(false))
            {
                var (over, free) = (BytesIn(work) > limits.BuildDisk, FreeAt(work));
                if (!over && free >= Reserve(limits))
                    continue;
                await tooMuch.CancelAsync().ConfigureAwait(false);
                return over ? null : $"the build was stopped: the disk of the data folder has {Size(free)} free, and {Size(Reserve(limits))} stay so. Make room there.";
            }
        }
        catch (OperationCanceledException)
        {
            // The build has ended.
        }
        return null;
    }

    /// <summary>What stays free for the engine itself. It grows with what builds are made of, as the rest of the data folder does.</summary>
    private static long Reserve(Limits limits) => 2 * limits.ContextBytes;

    private static long BytesIn(WorkFolder work)
    {
        try
        {
            return new FileSystemEnumerable<long>(work.FullName, (ref FileSystemEntry entry) => entry.IsDirectory ? Least : Math.Max(Least, entry.Length), Everything).Sum();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Something went, or became something else, as it was looked at.
            return 0;
        }
    }

    private static long FreeAt(WorkFolder work) => new DriveInfo(work.FullName).AvailableFreeSpace;

    private static string Size(long bytes) =>
        string.Create(CultureInfo.InvariantCulture, $"{(bytes >= 1 << 30 && bytes % (1 << 30) == 0 ? $"{bytes >> 30} GiB" : $"{bytes >> 20} MiB")}");
}
