using System.Runtime.CompilerServices;
using System.Text;

namespace GitOps.Triggers.Clusters;

/// <summary>Cuts a stream into lines in bounded memory: what a line has beyond <see cref="Longest"/> is dropped, since a program may write a gigabyte without a newline.</summary>
internal static class BoundedLines
{
    /// <summary>In characters. Twice of what a log keeps, so that a secret across the log's cut is still seen whole and masked.</summary>
    public const int Longest = 65_536;

    private const int Chunk = 16 << 10;

    public static async IAsyncEnumerable<string> ReadAsync(Stream stream, [EnumeratorCancellation] CancellationToken ct)
    {
        var (bytes, chars, decoder) = (new byte[Chunk], new char[Encoding.UTF8.GetMaxCharCount(Chunk)], Encoding.UTF8.GetDecoder());
        var line = new StringBuilder();
        while (await stream.ReadAsync(bytes, ct) is var read and > 0)
        {
            var count = decoder.GetChars(bytes, 0, read, chars, 0, flush: false);
            for (var next = 0; next < count;)
            {
                var end = Array.IndexOf(chars, '\n', next, count - next);
                var length = (end < 0 ? count : end) - next;
                line.Append(chars, next, Math.Min(length, Longest - line.Length));
                next += length + 1;
                if (end < 0)
                    continue;
                yield return line.ToString();
                line.Clear();
            }
        }
        if (line.Length > 0)
            yield return line.ToString();
    }
}
