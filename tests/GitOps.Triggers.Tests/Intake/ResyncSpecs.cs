using System.Collections.Concurrent;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Intake;
using GitOps.Triggers.Tests.Support;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace GitOps.Triggers.Tests.Intake;

public class ResyncSpecs
{
    private static readonly CommitSha Head = CommitSha.Parse(new string('2', 40));

    [Fact]
    [Threat(10)]
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
                return repository.Name == "jobs" ? throw new IOException("no route") : Task.FromResult<StageResult<IReadOnlyDictionary<BranchName, CommitSha>>>(new StageResult<IReadOnlyDictionary<BranchName, CommitSha>>.Retry(null, "no route"));
            },
            stop.Token);
        await Eventually.HoldsAsync("it is asked again", () => asked.Count(name => name == "jobs") >= 3, () => time.Advance(TimeSpan.FromSeconds(20)));

        await engine.Repositories.ConnectAsync(new RepositorySettings { Url = RepositoryUrl.Parse("https://git.example/later.git") }, CancellationToken.None);
        await Eventually.HoldsAsync("the later one is asked", () => asked.Count(name => name == "later") >= 2, () => time.Advance(TimeSpan.FromSeconds(20)));

        await StopAsync(running, stop);
    }

    [Fact]
    public async Task A_remote_that_cannot_be_asked_is_told_of_once_for_each_reason_until_it_answers()
    {
        var time = new FakeTimeProvider();
        await using var engine = await IntakeEngine.StartAsync(time: time);
        using var stop = new CancellationTokenSource();
        using var log = new LoggedLines();
        var told = new ConcurrentQueue<EngineEvent.RemoteAsked>();
        engine.Events.Subscribe(happened =>
        {
            if (happened is EngineEvent.RemoteAsked asked)
                told.Enqueue(asked);
        });
        var problems = new RemoteProblems(engine.Events, time, LoggerFactory.Create(logging => logging.AddProvider(log)).CreateLogger<RemoteProblems>());
        var answer = new Queue<StageResult<IReadOnlyDictionary<BranchName, CommitSha>>>([Unreachable(131), Unreachable(7), Refused(), Refused()]);
        var answers = false;
        var running = Resync(engine, problems).RunAsync((_, _) => answer.TryDequeue(out var next) ? Task.FromResult(next) : answers ? Heads() : Task.FromResult(Refused()), stop.Token);

        await Eventually.HoldsAsync("it is asked", () => told.Count >= 5, () => time.Advance(TimeSpan.FromSeconds(20)));
        var standing = problems.Of(engine.Repository);
        answers = true;
        await Eventually.HoldsAsync("it answers", () => told.Any(asked => asked.Problem is null), () => time.Advance(TimeSpan.FromSeconds(20)));

        Assert.Null(problems.Of(engine.Repository));
        Assert.Equal("the host refused access. Give it another token.", standing?.Reason);
        Assert.True(standing!.Since < time.GetUtcNow());
        Assert.Equal([true, false, true, false, false], told.Take(5).Select(asked => asked.IsNews));
        Assert.True(told.First(asked => asked.Problem is null).IsNews);
        Assert.Equal(2, log.With("Warning: jobs cannot be asked for its branches: ").Count());
        Assert.Single(log.With("jobs can be asked for its branches again"));
        await StopAsync(running, stop);
    }

    [Fact]
    public async Task A_remote_that_does_not_answer_at_all_is_told_of_too_and_forgotten_when_it_is_disconnected()
    {
        var time = new FakeTimeProvider();
        await using var engine = await IntakeEngine.StartAsync(time: time);
        using var stop = new CancellationTokenSource();
        var problems = new RemoteProblems(engine.Events, time, NullLogger<RemoteProblems>.Instance);
        var running = Resync(engine, problems).RunAsync(
            async (_, ct) =>
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, ct);
                return Refused();
            },
            stop.Token);

        await Eventually.HoldsAsync("it is told", () => problems.Of(engine.Repository) is not null, () => time.Advance(TimeSpan.FromSeconds(20)));
        var id = engine.Repository;
        Assert.Equal($"{IntakeEngine.Url} did not answer within 30s.", problems.Of(id)?.Reason);

        await engine.Repositories.SyncAsync([], CancellationToken.None);
        await Eventually.HoldsAsync("it is forgotten", () => problems.Of(id) is null, () => time.Advance(TimeSpan.FromSeconds(20)));
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
                return Heads(head);
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

    private static Resync Resync(IntakeEngine engine, RemoteProblems? problems = null) => new(
        engine.Repositories,
        new RepositoryCheck(engine.Statuses, engine.Work, engine.Queue, engine.Configuration, engine.Time),
        problems ?? new RemoteProblems(engine.Events, engine.Time, NullLogger<RemoteProblems>.Instance),
        engine.Configuration,
        engine.Time);

    private static Task<StageResult<IReadOnlyDictionary<BranchName, CommitSha>>> Heads(CommitSha? head = null) => Task.FromResult<StageResult<IReadOnlyDictionary<BranchName, CommitSha>>>(
        new StageResult<IReadOnlyDictionary<BranchName, CommitSha>>.Done(new Dictionary<BranchName, CommitSha> { [BranchName.Parse("main")] = head ?? Head, [BranchName.Parse("prod")] = head ?? Head }));

    private static StageResult<IReadOnlyDictionary<BranchName, CommitSha>> Unreachable(int milliseconds) =>
        new StageResult<IReadOnlyDictionary<BranchName, CommitSha>>.Retry(null, $"no answer after {milliseconds} ms.");

    private static StageResult<IReadOnlyDictionary<BranchName, CommitSha>> Refused() => new StageResult<IReadOnlyDictionary<BranchName, CommitSha>>.Rejected(
        [new Finding { File = "engine.yaml", Path = "repositories", Message = "the host refused access.", Fix = "Give it another token." }]);

    private static PassRecord Pass(WorkKey key, CommitSha commit) => new() { Key = key, Commit = commit, Outcome = PassOutcome.Applied, Message = "", FinishedAt = default };

    private static async Task StopAsync(Task running, CancellationTokenSource stop)
    {
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running.WaitAsync(TimeSpan.FromSeconds(30)));
    }
}
