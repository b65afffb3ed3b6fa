using System.Threading.Channels;
using GitOps.Triggers.Intake;

namespace GitOps.Triggers.Tests.Intake;

/// <summary>Runs an engine's queue with passes that the test holds in its hands.</summary>
internal sealed class Passes : IAsyncDisposable
{
    private readonly Channel<StartedPass> started = Channel.CreateUnbounded<StartedPass>();
    private readonly CancellationTokenSource stop = new();
    private readonly Task loop;

    public Passes(IntakeEngine engine) => loop = Task.Run(() => engine.Queue.RunAsync(RunAsync, stop.Token));

    public bool IsRunning => !loop.IsCompleted;

    /// <summary>The next pass that starts.</summary>
    public async Task<StartedPass> NextAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        return await started.Reader.ReadAsync(patience.Token);
    }

    /// <summary>Those that have started and were not asked for.</summary>
    public int Waiting => started.Reader.Count;

    public async Task StopAsync()
    {
        await stop.CancelAsync();
        await loop.WaitAsync(TimeSpan.FromSeconds(30));
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        stop.Dispose();
    }

    private async Task<WorkResult> RunAsync(WorkContext context, CancellationToken ct)
    {
        var pass = new StartedPass(context);
        started.Writer.TryWrite(pass);
        return await pass.Result.WaitAsync(ct);
    }
}
