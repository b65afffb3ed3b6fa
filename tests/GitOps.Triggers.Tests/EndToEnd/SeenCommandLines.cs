namespace GitOps.Triggers.Tests.EndToEnd;

/// <summary>The command lines of all processes of this machine, looked at again and again: those of short ones are missed by luck only.</summary>
internal sealed class SeenCommandLines : IDisposable
{
    private readonly HashSet<string> seen = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource enough = new();
    private readonly Thread looking;

    public SeenCommandLines()
    {
        looking = new Thread(Look) { IsBackground = true };
        looking.Start();
    }

    /// <summary>Ends the looking.</summary>
    public IReadOnlyCollection<string> Stop()
    {
        enough.Cancel();
        looking.Join();
        return seen;
    }

    public void Dispose()
    {
        Stop();
        enough.Dispose();
    }

    private void Look()
    {
        while (!enough.Token.WaitHandle.WaitOne(TimeSpan.FromMilliseconds(5)))
        {
            foreach (var folder in Directory.EnumerateDirectories("/proc").Where(folder => char.IsAsciiDigit(folder[6])))
            {
                try
                {
                    seen.Add(File.ReadAllText(Path.Combine(folder, "cmdline")));
                }
                catch (Exception e) when (e is IOException or UnauthorizedAccessException)
                {
                    // It has ended meanwhile.
                }
            }
        }
    }
}
