using System.Text;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Logs;
using Xunit;

namespace GitOps.Triggers.Tests.Logs;

public sealed class LogFileSpecs : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("gitops-triggers-logs-");

    private string LogPath => Path.Combine(folder.FullName, "builds", "1.log");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void A_secret_that_is_read_while_a_log_is_open_is_masked_from_then_on()
    {
        var vault = new SecretVault();
        using (var log = LogFile.Create(LogPath, limit: 1 << 20, vault))
        {
            vault.Learn("/srv/token", "canary-7f3a");
            log.Write("pushed by canary-7f3a");
        }

        Assert.Equal("pushed by ***\n", File.ReadAllText(LogPath));
    }

    [Fact]
    public void What_is_written_can_be_read_at_once()
    {
        using var log = LogFile.Create(LogPath, limit: 1 << 20, SecretMask.None);

        log.Write("first");
        Assert.Equal("first\n", Read());

        log.Write("second");
        Assert.Equal("first\nsecond\n", Read());
    }

    [Fact]
    [Threat(26)]
    public void A_record_is_one_line_however_it_was_written()
    {
        using (var log = LogFile.Create(LogPath, limit: 1 << 20, SecretMask.None))
            log.Write("\u001b[31mred\u001b[0m\n::set-env name=X::y");

        Assert.Equal("red\\u000a::set-env name=X::y\n", Read());
    }

    [Fact]
    public void A_secret_is_masked_even_when_coloured()
    {
        using (var log = LogFile.Create(LogPath, limit: 1 << 20, SecretMask.Of("canary-7f3a")))
        {
            log.Write("the token is can\u001b[1mary-7f3a");
            log.Note("and again: canary-7f3a");
        }

        Assert.Equal("the token is ***\nand again: ***\n", Read());
    }

    [Fact]
    [Threat(26)]
    public void A_record_of_a_million_characters_is_cut_and_says_so()
    {
        using (var log = LogFile.Create(LogPath, limit: 1 << 20, SecretMask.None))
            log.Write(new string('x', 1_000_000));

        Assert.Equal(new string('x', LogFile.LongestRecord) + "… (967232 more characters)\n", Read());
    }

    [Fact]
    public void A_secret_across_the_cut_is_masked_before_it_is_torn()
    {
        using (var log = LogFile.Create(LogPath, limit: 1 << 20, SecretMask.Of("canary-7f3a")))
            log.Write(new string('x', LogFile.LongestRecord - 3) + "canary-7f3a" + new string('y', 100));

        Assert.DoesNotContain("can", Read(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_full_log_says_so_once_and_still_takes_the_engines_own_notes()
    {
        using (var log = LogFile.Create(LogPath, limit: 25, SecretMask.None))
        {
            for (var line = 0; line < 1_000; line++)
                log.Write("0123456789");
            log.Note("failed after 3 s");
        }

        Assert.Equal(
            ["0123456789", "0123456789", "--- The log is cut here: it reached its limit of 25 bytes. What was written goes on without it. ---", "failed after 3 s"],
            File.ReadAllLines(LogPath));
    }

    [Fact]
    public void Lines_written_at_the_same_time_stay_whole()
    {
        using (var log = LogFile.Create(LogPath, limit: 1 << 20, SecretMask.None))
            Parallel.For(0, 500, n => log.Write(new string((char)('a' + (n % 26)), 100)));

        var lines = File.ReadAllLines(LogPath);
        Assert.Equal(500, lines.Length);
        Assert.All(lines, line => Assert.Equal(100, line.Count(c => c == line[0])));
    }

    [Fact]
    public void Only_the_engines_user_can_read_a_log()
    {
        using var log = LogFile.Create(LogPath, limit: 1 << 20, SecretMask.None);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(LogPath));
    }

    [Fact]
    public void A_disk_that_takes_no_more_stops_nobody_who_writes()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "this machine has no /dev/full");
        Directory.CreateDirectory(Path.GetDirectoryName(LogPath)!);
        File.CreateSymbolicLink(LogPath, "/dev/full");

        using var log = LogFile.Create(LogPath, limit: 1 << 20, SecretMask.None);

        Assert.Equal("first", log.Write("first"));
        log.Note("second");
    }

    private string Read()
    {
        using var file = new FileStream(LogPath, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        return new StreamReader(file, Encoding.UTF8).ReadToEnd();
    }
}
