using System.Text;
using CliWrap;

namespace GitOps.Triggers.Sources;

/// <summary>Keeps the first bytes of a stream and reads the rest away: a remote decides how much it says, not how much memory that takes.</summary>
internal sealed class BoundedText(int limit)
{
    private readonly MemoryStream kept = new();

    public bool Overflowed { get; private set; }

    public PipeTarget Target => PipeTarget.Create(ReadAsync);

    public override string ToString() => Encoding.UTF8.GetString(kept.GetBuffer().AsSpan(0, (int)kept.Length));

    private async Task ReadAsync(Stream source, CancellationToken ct)
    {
        var buffer = new byte[16 << 10];
        int read;
        while ((read = await source.ReadAsync(buffer, ct)) > 0)
        {
            var room = Math.Min(read, limit - (int)kept.Length);
            kept.Write(buffer, 0, room);
            Overflowed |= room < read;
        }
    }
}
