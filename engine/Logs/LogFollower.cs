using System.Runtime.CompilerServices;
using System.Text;

namespace GitOps.Triggers.Logs;

/// <summary>Reads a <see cref="LogFile"/>, also while it is written.</summary>
internal static class LogFollower
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(250);

    /// <summary>
    /// The records from the first on, then each further one as it is written, until <paramref name="finished"/> says that nothing more will come
    /// and the last one was read: whether the build or run has ended, by its stored record, since a log alone cannot tell an end from a crash.
    /// A log that is not there yet is waited for; one that is gone for good has no records.
    /// </summary>
    public static async IAsyncEnumerable<string> FollowAsync(
        string path, Func<CancellationToken, ValueTask<bool>> finished, TimeProvider time, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var reader = new LogReader(path);
        while (true)
        {
            // Asked before reading: what was written up to a true answer is then surely read.
            var last = await finished(cancellationToken).ConfigureAwait(false);
            while (await reader.NextAsync(cancellationToken).ConfigureAwait(false) is { } record)
                yield return record;
            if (last)
                break;
            await Task.Delay(LookAgain, time, cancellationToken).ConfigureAwait(false);
        }
        if (reader.Unfinished is { Length: > 0 } rest)
            yield return rest;
    }

    /// <summary>The records that are there now.</summary>
    public static IAsyncEnumerable<string> ReadAsync(string path, CancellationToken cancellationToken) =>
        FollowAsync(path, _ => ValueTask.FromResult(true), TimeProvider.System, cancellationToken);

    private sealed class LogReader(string path) : IDisposable
    {
        private readonly Decoder decoder = Encoding.UTF8.GetDecoder();
        private readonly byte[] bytes = new byte[16 << 10];
        private readonly char[] chars = new char[16 << 10];
        private readonly StringBuilder record = new();
        private FileStream? file;
        private int next;
        private int count;

        /// <summary>A last record whose end was never written.</summary>
        public string Unfinished => record.ToString();

        /// <summary>None when there is no whole further record at present.</summary>
        public async ValueTask<string?> NextAsync(CancellationToken cancellationToken)
        {
            do
            {
                var end = chars.AsSpan(next, count - next).IndexOf('\n');
                if (end >= 0)
                    return Take(end);
                record.Append(chars, next, count - next);
                next = count;
            }
            while (await FillAsync(cancellationToken).ConfigureAwait(false));
            return null;
        }

        public void Dispose() => file?.Dispose();

        private string Take(int length)
        {
            var text = record.Append(chars, next, length).ToString();
            record.Clear();
            next += length + 1;
            return text;
        }

        private async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
        {
            file ??= Open();
            var read = file is null ? 0 : await file.ReadAsync(bytes, cancellationToken).ConfigureAwait(false);
            (next, count) = (0, decoder.GetChars(bytes, 0, read, chars, 0, flush: false));
            return read > 0;
        }

        private FileStream? Open()
        {
            try
            {
                return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0, useAsync: true);
            }
            catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
            {
                return null;
            }
        }
    }
}
