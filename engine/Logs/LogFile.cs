using System.Globalization;
using System.Text;
using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Logs;

/// <summary>
/// The log of one build or run: UTF-8, one record per line, written through at once so that <see cref="LogFollower"/> can read along.
/// Output of programs is made plain, masked and limited in size; only the engine's user may read the file. May be written from several threads.
/// A disk that takes no more stops no build and no run: how many records it cost is told where they are missing.
/// </summary>
internal sealed class LogFile : IDisposable
{
    /// <summary>In characters; what a record has more is counted and cut.</summary>
    public const int LongestRecord = 32_768;

    private readonly Lock writing = new();
    private readonly FileStream file;
    private readonly ISecretMask mask;
    private readonly long limit;
    private long written;
    private long lost;
    private bool full;

    private LogFile(FileStream file, long limit, ISecretMask mask) => (this.file, this.limit, this.mask) = (file, limit, mask);

    public string Path => file.Name;

    /// <summary>Begins an empty log, in place of one that is there, and makes its folder. <paramref name="limit"/>: the bytes of output that are kept; the engine's own notes come on top.</summary>
    public static LogFile Create(string path, long limit, ISecretMask mask)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        var file = new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.Create,
            Access = FileAccess.Write,
            Share = FileShare.Read | FileShare.Delete,
            BufferSize = 0,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        });
        return new LogFile(file, limit, mask);
    }

    /// <summary>One line of a program's output. Returns the record as it is fit to be shown elsewhere too, also when the log is full and takes no more.</summary>
    public string Write(string line)
    {
        var record = Plain(line);
        lock (writing)
        {
            if (!full)
            {
                full = written + Encoding.UTF8.GetByteCount(record) + 1 > limit;
                Append(full ? $"--- The log is cut here: it reached its limit of {Size(limit)}. What was written goes on without it. ---" : record);
            }
        }
        return record;
    }

    /// <summary>The engine's own word, also in a log that is full.</summary>
    public void Note(string text)
    {
        var record = Plain(text);
        lock (writing)
            Append(record);
    }

    public void Dispose()
    {
        lock (writing)
        {
            Try(TellLost);
            file.Dispose();
        }
    }

    private string Plain(string line)
    {
        // Masked before it is cut and spelt out: neither may tear a secret so that its parts are not recognised.
        var masked = mask.Apply(TerminalText.WithoutEscapes(line));
        return masked.Length <= LongestRecord
            ? TerminalText.SpellOut(masked)
            : string.Create(CultureInfo.InvariantCulture, $"{TerminalText.SpellOut(masked[..LongestRecord])}… ({masked.Length - LongestRecord} more characters)");
    }

    private void Append(string record)
    {
        if (!Try(TellLost) || !Try(() => Put(record)))
            lost++;
    }

    private void TellLost()
    {
        if (lost > 0)
            Put(string.Create(CultureInfo.InvariantCulture, $"--- {lost} {(lost == 1 ? "line was" : "lines were")} lost here: the disk did not take more. ---"));
        lost = 0;
    }

    private bool Try(Action write)
    {
        try
        {
            write();
            return true;
        }
        catch (IOException)
        {
            // The half of a record that it may have taken.
            if (file.Length > written)
                file.SetLength(written);
            file.Position = written;
            return false;
        }
    }

    private void Put(string record)
    {
        var line = Encoding.UTF8.GetBytes(record + "\n");
        file.Write(line);
        written += line.Length;
    }

    private static string Size(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{(bytes >= 1 << 20 ? $"{bytes >> 20} MiB" : $"{bytes} bytes")}");
}
