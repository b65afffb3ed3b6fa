using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;

namespace GitOps.Triggers.Domain;

/// <summary>
/// Cuts a stream into lines in bounded memory: what a line has beyond <see cref="LongestLine"/> is dropped, since a program may write a gigabyte
/// without a newline.
/// </summary>
/// <param name="line">Is given each.</param>
/// <param name="atReturns">They end with LF, CR or CRLF, as those of programs do; otherwise with LF alone, and a CR is a part of them.</param>
internal sealed class LineSplitter(Action<string> line, bool atReturns = true)
{
    /// <summary>In characters. Twice of what a log keeps, so that a secret across the log's cut is still seen whole and masked.</summary>
    public const int LongestLine = 65_536;

    private const int Chunk = 16 << 10;

    private static readonly SearchValues<char> Feeds = SearchValues.Create("\n");
    private static readonly SearchValues<char> FeedsAndReturns = SearchValues.Create("\r\n");

    private readonly SearchValues<char> ends = atReturns ? FeedsAndReturns : Feeds;
    private readonly StringBuilder current = new();
    private bool begun;
    private bool afterReturn;

    /// <inheritdoc cref="LineSplitter"/>
    public static async IAsyncEnumerable<string> ReadAsync(Stream stream, bool atReturns, [EnumeratorCancellation] CancellationToken ct)
    {
        var lines = new Queue<string>();
        var splitter = new LineSplitter(lines.Enqueue, atReturns);
        var (bytes, chars, decoder) = (new byte[Chunk], new char[Encoding.UTF8.GetMaxCharCount(Chunk)], Encoding.UTF8.GetDecoder());
        while (await stream.ReadAsync(bytes, ct).ConfigureAwait(false) is var read and > 0)
        {
            splitter.Push(chars.AsSpan(0, decoder.GetChars(bytes, 0, read, chars, 0, flush: false)));
            while (lines.TryDequeue(out var one))
                yield return one;
        }
        splitter.Complete();
        if (lines.TryDequeue(out var last))
            yield return last;
    }

    public void Push(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            if (afterReturn && text[0] == '\n')
                text = text[1..];
            afterReturn = false;
            var end = text.IndexOfAny(ends);
            Keep(end < 0 ? text : text[..end]);
            if (end < 0)
                return;
            afterReturn = text[end] == '\r';
            Emit();
            text = text[(end + 1)..];
        }
    }

    /// <summary>The stream has ended; so has a line without a newline.</summary>
    public void Complete()
    {
        if (begun)
            Emit();
    }

    private void Keep(ReadOnlySpan<char> text)
    {
        begun |= !text.IsEmpty;
        current.Append(text[..Math.Min(text.Length, LongestLine - current.Length)]);
    }

    private void Emit()
    {
        line(current.ToString());
        current.Clear();
        begun = false;
    }
}
