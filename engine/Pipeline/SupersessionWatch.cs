namespace GitOps.Triggers.Pipeline;

/// <summary>Cancels its token when the branch has moved on; stops watching when it is disposed.</summary>
internal sealed class SupersessionWatch : IAsyncDisposable
{
    private readonly CancellationTokenSource superseded = new();
    private readonly CancellationTokenSource watching;
    private readonly Task watch;

    public SupersessionWatch(Func<CancellationToken, Task> untilMoved, CancellationToken ct)
    {
        watching = CancellationTokenSource.CreateLinkedTokenSource(ct);
        watch = RunAsync(untilMoved);
    }

    public CancellationToken Superseded => superseded.Token;

    public async ValueTask DisposeAsync()
    {
        await watching.CancelAsync();
        await watch;
        watching.Dispose();
        superseded.Dispose();
    }

    private async Task RunAsync(Func<CancellationToken, Task> untilMoved)
    {
        try
        {
            await untilMoved(watching.Token);
            await superseded.CancelAsync();
        }
        catch (OperationCanceledException) when (watching.IsCancellationRequested)
        {
            // What was watched over is done.
        }
    }
}
