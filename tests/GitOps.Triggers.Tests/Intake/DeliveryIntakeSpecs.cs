using GitOps.Triggers.Domain;
using GitOps.Triggers.Intake;
using GitOps.Triggers.Tests.Support;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace GitOps.Triggers.Tests.Intake;

public class DeliveryIntakeSpecs
{
    [Fact]
    [Threat(7)]
    public async Task Ten_thousand_deliveries_of_one_push_are_one_pass()
    {
        await using var engine = await IntakeEngine.StartAsync();

        foreach (var batch in Enumerable.Range(0, 10_000).Chunk(1_000))
            Assert.All(await Task.WhenAll(batch.Select(_ => ReceiveAsync(engine))), result => Assert.IsType<StageResult<Delivery>.Done>(result));

        Assert.Equal(10_000, (await engine.Deliveries.ListAsync(20_000, CancellationToken.None)).Count);
        await using var passes = new Passes(engine);
        (await passes.NextAsync()).Complete();
        await Eventually.HoldsAsync("no work is left", async () => (await engine.Work.ListAsync(CancellationToken.None)).Count == 0);
        Assert.Equal(0, passes.Waiting);
    }

    [Fact]
    [Threat(7)]
    public async Task A_redelivery_is_one_row_and_another_look()
    {
        await using var engine = await IntakeEngine.StartAsync();
        await using var passes = new Passes(engine);
        var guid = Guid.NewGuid().ToString();
        await ReceiveAsync(engine, guid: guid);
        var first = await passes.NextAsync();

        await ReceiveAsync(engine, guid: guid);
        first.Complete();
        (await passes.NextAsync()).Complete();
        await Eventually.HoldsAsync("no work is left", async () => (await engine.Work.ListAsync(CancellationToken.None)).Count == 0);
        await ReceiveAsync(engine, guid: guid);
        (await passes.NextAsync()).Complete();

        Assert.Equal("redelivered: marked dev", Assert.Single(await engine.Deliveries.ListAsync(10, CancellationToken.None)).Outcome);
    }

    [Fact]
    public async Task A_repository_connected_later_is_known_from_then_on()
    {
        await using var engine = await IntakeEngine.StartAsync();
        const string other = "https://github.com/example/other.git";
        Assert.StartsWith("ignored", Assert.IsType<StageResult<Delivery>.Done>(await ReceiveAsync(engine, url: other)).Value.Outcome, StringComparison.Ordinal);

        await engine.Repositories.ConnectAsync(new RepositorySettings { Url = RepositoryUrl.Parse(other) }, CancellationToken.None);

        Assert.Equal("marked dev", Assert.IsType<StageResult<Delivery>.Done>(await ReceiveAsync(engine, url: other)).Value.Outcome);
    }

    [Fact]
    [Threat(10)]
    public async Task Pushes_that_come_reversed_doubled_or_not_at_all_end_in_what_git_has()
    {
        var time = new FakeTimeProvider();
        await using var engine = await IntakeEngine.StartAsync(time: time);
        var random = new Random(10);
        var heads = new Dictionary<BranchName, CommitSha> { [BranchName.Parse("main")] = Sha(0), [BranchName.Parse("prod")] = Sha(0) };
        using var stop = new CancellationTokenSource();
        var loop = engine.Queue.RunAsync((context, ct) => FollowAsync(engine, heads, context.Item.Key, ct), stop.Token);

        foreach (var batch in Enumerable.Range(1, 100).Chunk(10))
        {
            lock (heads)
            {
                foreach (var branch in heads.Keys)
                    heads[branch] = Sha(batch[^1]);
            }
            var deliveries = batch.Reverse().SelectMany(number => new[] { number, number }).Where(_ => random.Next(3) > 0).Select(number => number % 2 == 0 ? "main" : "prod");
            await Task.WhenAll(deliveries.Select(branch => ReceiveAsync(engine, branch: branch)));
        }
        // The last pushes may be among the lost ones: the resync finds them.
        var check = new RepositoryCheck(engine.Statuses, engine.Work, engine.Queue, engine.Configuration, time);
        await Eventually.HoldsAsync("the queue is empty", async () => (await engine.Work.ListAsync(CancellationToken.None)).Count == 0);
        await check.CompareAsync(engine.Repository, heads, CancellationToken.None);
        await Eventually.HoldsAsync("the queue is empty", async () => (await engine.Work.ListAsync(CancellationToken.None)).Count == 0);
        await stop.CancelAsync();
        await loop;

        Assert.Equal([Sha(100), Sha(100)], (await engine.Statuses.PassesAsync(CancellationToken.None)).Select(pass => pass.Commit));
    }

    // A pass in small: what git has now becomes what the last pass found.
    private static async Task<WorkResult> FollowAsync(IntakeEngine engine, Dictionary<BranchName, CommitSha> heads, WorkKey key, CancellationToken ct)
    {
        CommitSha head;
        lock (heads)
            head = heads[engine.Configuration.Environments.Single(environment => environment.Name == key.Environment).Branch];
        await engine.Statuses.ReplaceAsync(new PassRecord { Key = key, Commit = head, Outcome = PassOutcome.Applied, Message = "", FinishedAt = default }, ct);
        return new WorkResult.Completed();
    }

    private static CommitSha Sha(int number) => CommitSha.Parse(number.ToString("x40", System.Globalization.CultureInfo.InvariantCulture));

    private static Task<StageResult<Delivery>> ReceiveAsync(IntakeEngine engine, string? guid = null, string url = IntakeEngine.Url, string branch = "main") => engine.Intake.ReceiveAsync(
        new ReceivedDelivery
        {
            Guid = guid ?? Guid.NewGuid().ToString(),
            Event = "push",
            Intent = new DeliveryIntent.Pushed(new ClaimedRepository { Urls = [RepositoryUrl.Parse(url)] }, BranchName.Parse(branch)),
        },
        CancellationToken.None);
}
