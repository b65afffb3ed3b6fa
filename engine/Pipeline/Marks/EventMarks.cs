using System.Threading.Channels;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Intake;
using GitOps.Triggers.Storage;
using Microsoft.Extensions.Hosting;

namespace GitOps.Triggers.Pipeline;

/// <summary>
/// Marks what an event gives reason to look at again: held promotions when their upstream environment has deployed or has run well once
/// more, and an environment whose run lacked its image. Until the mark is stored: what was refused since its upstream never deployed it is looked at
/// again for no other reason. What is held is looked at every few minutes anyway, see <see cref="PassVerdict"/>.
/// </summary>
internal sealed partial class EventMarks(EngineConfiguration configuration, StatusStore statuses, WorkStore work, WorkQueue queue, TimeProvider time, ILogger<EventMarks> logger) : BackgroundService
{
    private readonly Channel<EngineEvent> happened = Channel.CreateBounded<EngineEvent>(new BoundedChannelOptions(1_000) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    public void On(EngineEvent what)
    {
        if (LacksImage(what) is not null || (Upstream(what) is { } key && configuration.Environments.Any(environment => environment.PromotesFrom == key.Environment)))
            happened.Writer.TryWrite(what);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var what in happened.Reader.ReadAllAsync(stoppingToken))
            await Insistence.UntilDoneAsync(work => MarkAsync(what, work), (_, failure) => NotMarked(what.ToString(), failure), time, stoppingToken);
    }

    private Task MarkAsync(EngineEvent what, CancellationToken ct) => LacksImage(what) is { } key
        ? queue.MarkAsync(WithUpstream(key), "an image is gone", ct)
        : MarkDownstreamAsync(Upstream(what)!, ct);

    private async Task MarkDownstreamAsync(WorkKey upstream, CancellationToken ct)
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

    /// <summary>Where the image is promoted to, and all the way up to where it is built.</summary>
    private IEnumerable<WorkKey> WithUpstream(WorkKey key)
    {
        for (var at = key; at is not null; at = Definition(at)?.PromotesFrom is { } upstream ? at with { Environment = upstream } : null)
            yield return at;
    }

    private EnvironmentDefinition? Definition(WorkKey key) => configuration.Environments.SingleOrDefault(environment => environment.Name == key.Environment);

    private static WorkKey? LacksImage(EngineEvent what) => what is EngineEvent.RunChanged { Run: { LacksImage: true } run } ? run.Key.Work : null;

    private static WorkKey? Upstream(EngineEvent what) => what switch
    {
        EngineEvent.Deployed { Deployment.Key.Work: var key } => key,
        EngineEvent.RunChanged { Run: { State: RunState.Succeeded } run } => run.Key.Work,
        _ => null,
    };

    [LoggerMessage(1, LogLevel.Warning, "What {Event} gives reason to look at could not be marked; it is tried again.")]
    private partial void NotMarked(string @event, Exception failure);
}
