using System.Text;
using CliWrap;

namespace GitOps.Triggers.Containers;

/// <summary>
/// Cuts a stream into lines (LF, CR or CRLF) in bounded memory: what a line has beyond <see cref="LongestLine"/> is dropped, since a program
/// may write a gigabyte without a newline.
/// </summary>
internal sealed class LineSplitter(Action<string> line)
{
    /// <summary>In characters. Twice of what a log keeps, so that a secret across the log's cut is still seen whole and masked.</summary>
    public const int LongestLine = 65_536;

    private readonly StringBuilder current = new();
    private bool begun;
    private bool afterReturn;

    public static PipeTarget Pipe(Action<string> line) => PipeTarget.Create(async (stream, ct) =>
    {
        var splitter = new LineSplitter(line);
        var (bytes, chars, decoder) = (new byte[16 << 10], new char[16 << 10], Encoding.UTF8.GetDecoder());
        while (await stream.ReadAsync(bytes, ct).ConfigureAwait(false) is var read and > 0)
            splitter.Push(chars.AsSpan(0, decoder.GetChars(bytes, 0, read, chars, 0, flush: false)));
        splitter.Complete();
    });

    public void Push(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            if (afterReturn && text[0] == '\n')
                text = text[1..];
            afterReturn = false;
            var end = text.IndexOfAny('\r', '\n');
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
