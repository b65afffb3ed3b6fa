using System.Globalization;
using CliWrap;
using CliWrap.Buffered;
using GitOps.Triggers.Tests.Support;
using Microsoft.Data.Sqlite;
using Xunit;

namespace GitOps.Triggers.Tests.Hosting;

/// <summary>A disk of a test's own that can be full.</summary>
internal sealed class SmallDisk : IAsyncDisposable
{
    private readonly TempFolder folder;

    private SmallDisk(TempFolder folder) => this.folder = folder;

    public string Path => folder.Path;

    /// <summary>Skips the running test where this user may not mount.</summary>
    public static async Task<SmallDisk> MountAsync(int megabytes)
    {
        var disk = await TryMountAsync(megabytes);
        Assert.SkipWhen(disk is null, "this user may not mount a disk");
        return disk!;
    }

    /// <returns>Null where this user may not mount.</returns>
    public static async Task<SmallDisk?> TryMountAsync(int megabytes)
    {
        var disk = new SmallDisk(new TempFolder());
        var mount = await RunAsync("mount", "-t", "tmpfs", "-o", string.Create(CultureInfo.InvariantCulture, $"size={megabytes}m"), "tmpfs", disk.Path);
        return mount.IsSuccess ? disk : null;
    }

    public void Fill()
    {
        using var ballast = new FileStream(folder["ballast"], FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        foreach (var size in (int[])[1 << 16, 512])
        {
            try
            {
                while (true)
                    ballast.Write(new byte[size]);
            }
            catch (IOException)
            {
                // No more of this size goes in.
            }
        }
    }

    /// <param name="option"><c>ro</c> or <c>rw</c>. Not while a file on it is open for writing.</param>
    public async Task RemountAsync(string option)
    {
        var mount = await RunAsync("mount", "-o", "remount," + option, Path);
        Assert.True(mount.IsSuccess, mount.StandardError);
    }

    public void MakeRoom() => File.Delete(folder["ballast"]);

    public async ValueTask DisposeAsync()
    {
        SqliteConnection.ClearAllPools();
        await RunAsync("umount", "--lazy", Path);
        folder.Dispose();
    }

    private static Task<BufferedCommandResult> RunAsync(string program, params string[] arguments) => CliWrap.Cli.Wrap(program)
        .WithArguments(arguments).WithValidation(CommandResultValidation.None).ExecuteBufferedAsync(CancellationToken.None).Task;
}
