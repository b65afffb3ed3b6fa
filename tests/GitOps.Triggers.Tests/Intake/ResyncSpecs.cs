using System.Collections.Concurrent;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Intake;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace GitOps.Triggers.Tests.Intake;

public class ResyncSpecs
{
    private static readonly CommitSha Head = CommitSha.Parse(new string('2', 40));

    [Fact]
    public async Task A_push_whose_webhook_was_lost_is_found_within_the_interval()
    {
        var time = new FakeTimeProvider();
        await using var engine = await IntakeEngine.StartAsync(time: time);
        using var stop = new CancellationTokenSource();
        await using var passes = new Passes(engine);
        await engine.Statuses.ReplaceAsync(Pass(engine.Key("dev"), CommitSha.Parse(new string('1', 40))), CancellationToken.None);
        await engine.Statuses.ReplaceAsync(Pass(engine.Key("prod"), Head), CancellationToken.None);
        var running = Resync(engine).RunAsync((_, _) => Heads(), stop.Token);
        var before = time.GetUtcNow();
        await Eventually.HoldsAsync("it is found", () => passes.Waiting > 0, () => time.Advance(TimeSpan.FromSeconds(5)));

        var found = await passes.NextAsync();
        Assert.Equal((engine.Key("dev"), "resync"), (found.Context.Item.Key, found.Context.Item.Reason));
        Assert.InRange(time.GetUtcNow() - before, TimeSpan.Zero, engine.Configuration.Resync * 2);
        Assert.Equal(0, passes.Waiting);
        found.Complete();
        await StopAsync(running, stop);
    }

    [Fact]
    public async Task Dead_remotes_do_not_delay_the_others_and_are_never_asked_twice_at_once()
    {
        var time = new FakeTimeProvider();
        var configuration = IntakeEngine.DevAndProd with
        {
            Repositories = [.. Enumerable.Range(0, 40).Select(number => new RepositorySettings { Url = RepositoryUrl.Parse($"https://git.example/{(number % 2 == 0 ? "dead" : "good")}/r{number}.git") })],
        };
        await using var engine = await IntakeEngine.StartAsync(configuration, time);
        using var stop = new CancellationTokenSource();
        var asked = new ConcurrentDictionary<string, int>();
        var running = Resync(engine).RunAsync(
            async (repository, _) =>
            {
                asked.AddOrUpdate(repository.Url.Value, 1, (_, count) => count + 1);
                if (repository.Url.Value.Contains("/dead/", StringComparison.Ordinal))
                    await new TaskCompletionSource().Task;
                return await Heads();
            },
            stop.Token);

        await Eventually.HoldsAsync("each good one is asked three times", () => asked.Count(one => one.Key.Contains("/good/", StringComparison.Ordinal) && one.Value >= 3) == 20, () => time.Advance(TimeSpan.FromSeconds(10)));

        Assert.All(asked.Where(one => one.Key.Contains("/dead/", StringComparison.Ordinal)), dead => Assert.Equal(1, dead.Value));
        await StopAsync(running, stop);
    }

    [Fact]
    public async Task A_remote_that_fails_is_asked_again_and_one_connected_later_is_asked_too()
    {
        var time = new FakeTimeProvider();
        await using var engine = await IntakeEngine.StartAsync(time: time);
        using var stop = new CancellationTokenSource();
        var asked = new ConcurrentQueue<string>();
        var running = Resync(engine).RunAsync(
            (repository, _) =>
            {
                asked.Enqueue(repository.Name);
                return repository.Name == "jobs" ? throw new IOException("no route") : Task.FromResult<IReadOnlyDictionary<BranchName, CommitSha>?>(null);
            },
            stop.Token);
        await Eventually.HoldsAsync("it is asked again", () => asked.Count(name => name == "jobs") >= 3, () => time.Advance(TimeSpan.FromSeconds(20)));

        await engine.Repositories.ConnectAsync(new RepositorySettings { Url = RepositoryUrl.Parse("https://git.example/later.git") }, CancellationToken.None);
        await Eventually.HoldsAsync("the later one is asked", () => asked.Count(name => name == "later") >= 2, () => time.Advance(TimeSpan.FromSeconds(20)));

        await StopAsync(running, stop);
    }

    [Fact]
    public async Task What_cannot_be_read_is_tried_again_when_its_branch_moves_or_after_hours()
    {
        var time = new FakeTimeProvider();
        await using var engine = await IntakeEngine.StartAsync(IntakeEngine.DevAndProd with { Environments = [IntakeEngine.DevAndProd.Environments[0]] }, time);
        using var stop = new CancellationTokenSource();
        var head = Head;
        var tried = 0;
        var queue = engine.Queue.RunAsync(
            async (work, ct) =>
            {
                tried++;
                await engine.Statuses.ReplaceAsync(Refused(work.Item.Key, time.GetUtcNow()), ct);
                return new WorkResult.Completed();
            },
            stop.Token);
        var compared = 0;
        var running = Resync(engine).RunAsync(
            (_, _) =>
            {
                compared++;
                return Task.FromResult<IReadOnlyDictionary<BranchName, CommitSha>?>(new Dictionary<BranchName, CommitSha> { [BranchName.Parse("main")] = head });
            },
            stop.Token);

        await AfterAsync(questions: 12);
        Assert.Equal(1, tried);

        head = CommitSha.Parse(new string('3', 40));
        await AfterAsync(questions: 12);
        Assert.Equal(2, tried);

        await Eventually.HoldsAsync("it is tried after hours", () => tried == 3, () => time.Advance(TimeSpan.FromSeconds(20)));
        Assert.InRange(compared, 60, 120);
        await StopAsync(running, stop);
        await queue;

        Task AfterAsync(int questions)
        {
            var until = compared + questions;
            return Eventually.HoldsAsync("it is compared", () => compared >= until, () => time.Advance(TimeSpan.FromSeconds(20)));
        }
    }

    private static PassRecord Refused(WorkKey key, DateTimeOffset now) => new() { Key = key, Outcome = PassOutcome.Rejected, Message = "larger than the limit", FinishedAt = now };

    private static Resync Resync(IntakeEngine engine) => new(
        engine.Repositories,
        new RepositoryCheck(engine.Statuses, engine.Work, engine.Queue, engine.Configuration, engine.Time),
        engine.Configuration,
        engine.Time,
        NullLogger<Resync>.Instance);

    private static Task<IReadOnlyDictionary<BranchName, CommitSha>?> Heads() => Task.FromResult<IReadOnlyDictionary<BranchName, CommitSha>?>(
        new Dictionary<BranchName, CommitSha> { [BranchName.Parse("main")] = Head, [BranchName.Parse("prod")] = Head });

    private static PassRecord Pass(WorkKey key, CommitSha commit) => new() { Key = key, Commit = commit, Outcome = PassOutcome.Applied, Message = "", FinishedAt = default };

    private static async Task StopAsync(Task running, CancellationTokenSource stop)
    {
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running.WaitAsync(TimeSpan.FromSeconds(30)));
    }
}
