namespace GitOps.Triggers.Runs;

/// <summary>A run that this process looks after.</summary>
internal sealed class RunInHand
{
    private readonly CancellationTokenSource cancel = new();
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public CancellationToken Cancelled => cancel.Token;

    public Task Ended => ended.Task;

    public void Begin(Func<Task> work) => _ = Task.Run(async () =>
    {
        try
        {
            await work();
        }
        finally
        {
            // Whatever came of it: who stops the engine waits for this.
            ended.SetResult();
        }
    });

    public void Cancel() => cancel.Cancel();
}
