using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Runs;

/// <summary>The last lines of a stream, in bounded memory.</summary>
internal sealed class LogTail
{
    private readonly int most;
    private readonly Queue<string> lines = new();
    private long kept;

    /// <param name="most">In characters.</param>
    public LogTail(int most) => this.most = most;

    public IEnumerable<string> Lines => lines;

    /// <summary>Lines before these, that are not kept.</summary>
    public long Dropped { get; private set; }

    public async Task ReadAsync(Stream stream, CancellationToken ct)
    {
        await foreach (var line in LineSplitter.ReadAsync(stream, atReturns: true, ct))
            Add(line);
    }

    private void Add(string line)
    {
        lines.Enqueue(line);
        kept += line.Length + 1;
        while (kept > most && lines.Count > 1)
        {
            kept -= lines.Dequeue().Length + 1;
            Dropped++;
        }
    }
}
