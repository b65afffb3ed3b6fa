using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Pipeline;

/// <summary>One build of equal inputs at a time, whichever environments ask for it.</summary>
internal sealed class BuildTurns
{
    private readonly Dictionary<(RepositoryId, InputHash), Line> lines = [];

    /// <summary>Waits for the turn; disposing what is returned passes it on.</summary>
    public async Task<IDisposable> TakeAsync(RepositoryId repository, InputHash hash, CancellationToken ct)
    {
        var key = (repository, hash);
        var line = Join(key);
        try
        {
            await line.Turn.WaitAsync(ct);
            return new Held(() =>
            {
                line.Turn.Release();
                Leave(key, line);
            });
        }
        catch (OperationCanceledException)
        {
            Leave(key, line);
            throw;
        }
    }

    private Line Join((RepositoryId, InputHash) key)
    {
        lock (lines)
        {
            var line = lines.TryGetValue(key, out var standing) ? standing : lines[key] = new Line();
            line.Length++;
            return line;
        }
    }

    private void Leave((RepositoryId, InputHash) key, Line line)
    {
        lock (lines)
        {
            if (--line.Length == 0)
                lines.Remove(key);
        }
    }

    private sealed class Line
    {
        public SemaphoreSlim Turn { get; } = new(1);

        public int Length { get; set; }
    }

    private sealed class Held(Action release) : IDisposable
    {
        public void Dispose() => release();
    }
}
