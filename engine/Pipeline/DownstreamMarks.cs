using System.Threading.Channels;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Intake;
using GitOps.Triggers.Storage;
using Microsoft.Extensions.Hosting;

namespace GitOps.Triggers.Pipeline;

/// <summary>
/// Looks at held promotions again when their upstream environment has deployed, or has run well once more. An event that is lost costs
/// time only: what is held is looked at every few minutes anyway, see <see cref="PassVerdict"/>.
/// </summary>
internal sealed partial class DownstreamMarks(EngineConfiguration configuration, StatusStore statuses, WorkStore work, WorkQueue queue, ILogger<DownstreamMarks> logger) : BackgroundService
{
    private readonly Channel<WorkKey> happened = Channel.CreateBounded<WorkKey>(new BoundedChannelOptions(1_000) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    public void On(EngineEvent what)
    {
        if (Upstream(what) is { } key && configuration.Environments.Any(environment => environment.PromotesFrom == key.Environment))
            happened.Writer.TryWrite(key);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var upstream in happened.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                await MarkAsync(upstream, stoppingToken);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                NotMarked(upstream.ToString(), failure);
            }
        }
    }

    private async Task MarkAsync(WorkKey upstream, CancellationToken ct)
    {
        // A pass that goes on has not stored yet that it holds something: its row says that it may.
        var waiting = await work.ListAsync(upstream.Repository, ct);
        var held = await statuses.WaitingAsync(upstream.Repository, ct);
        var keys = configuration.Environments
            .Where(environment => environment.PromotesFrom == upstream.Environment)
            .Where(environment => held.Contains(environment.Name) || waiting.Any(item => item.Environment == environment.Name))
            .Select(environment => new WorkKey(upstream.Repository, environment.Name))
            .ToList();
        if (keys.Count > 0)
            await queue.MarkAsync(keys, $"news from {upstream.Environment}", ct);
    }

    private static WorkKey? Upstream(EngineEvent what) => what switch
    {
        EngineEvent.Deployed { Deployment.Key.Work: var key } => key,
        EngineEvent.RunChanged { Run: { State: RunState.Succeeded } run } => run.Key.Work,
        _ => null,
    };

    [LoggerMessage(1, LogLevel.Warning, "What waits for {Upstream} could not be marked; the resync finds it.")]
    private partial void NotMarked(string upstream, Exception failure);
}
