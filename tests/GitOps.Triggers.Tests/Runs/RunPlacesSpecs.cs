using GitOps.Triggers.Domain;
using GitOps.Triggers.Runs;
using Xunit;

namespace GitOps.Triggers.Tests.Runs;

public sealed class RunPlacesSpecs
{
    private static readonly RepositoryId Many = RepositoryId.Parse("many");
    private static readonly RepositoryId Other = RepositoryId.Parse("other");
    private readonly List<string?> told = [];
    private int number;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    [Threat(19)]
    public async Task A_repository_with_a_thousand_runs_keeps_no_other_ones_run_waiting()
    {
        var places = new RunPlaces(new Limits { ParallelRuns = 3, ParallelRunsPerRepository = 2 });
        List<Task> runs = [.. Enumerable.Range(0, 1_000).Select(_ => places.TakeAsync(Run(Many), Note, Ct))];
        Assert.Equal(2, runs.Count(run => run.IsCompleted));

        await places.TakeAsync(Run(Other), Note, Ct);
        Assert.All(told, reason => Assert.Contains("2 runs of this repository go on", reason, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_run_waits_while_as_many_as_are_allowed_in_all_go_on_those_of_an_earlier_engine_too()
    {
        var places = new RunPlaces(new Limits { ParallelRuns = 1, ParallelRunsPerRepository = 1 });
        RunRecord[] earlier = [Run(Many), Run(Other)];
        foreach (var run in earlier)
        {
            places.Occupy(run);
            places.Occupy(run);
        }
        var next = places.TakeAsync(Run(RepositoryId.Parse("third")), Note, Ct);
        Assert.Contains("limits.parallelRuns allows", Assert.Single(told), StringComparison.Ordinal);

        places.Leave(earlier[0].Id);
        Assert.False(next.IsCompleted);
        places.Leave(earlier[1].Id);

        await next;
        Assert.Null(told[^1]);
    }

    [Fact]
    public async Task A_reason_that_cannot_be_stored_costs_no_place()
    {
        var places = new RunPlaces(new Limits { ParallelRuns = 1, ParallelRunsPerRepository = 1 });
        var first = Run(Many);
        await places.TakeAsync(first, Note, Ct);
        await Assert.ThrowsAsync<IOException>(() => places.TakeAsync(Run(Other), _ => throw new IOException("no database"), Ct));

        places.Leave(first.Id);

        await places.TakeAsync(Run(Many), Note, Ct);
    }

    [Fact]
    public async Task No_repository_holds_every_turn_to_start_a_container()
    {
        var places = new RunPlaces(new Limits());
        var hold = new TaskCompletionSource<bool>();
        var begun = 0;
        var many = Enumerable.Range(0, 1_000).Select(_ => places.InTurnAsync(Many, Begin, Ct)).ToList();
        Assert.InRange(begun, 2, 999);

        Assert.True(await places.InTurnAsync(Other, () => Task.FromResult(true), Ct));

        hold.SetResult(true);
        await Task.WhenAll(many);
        Assert.Equal(1_000, begun);

        Task<bool> Begin()
        {
            Interlocked.Increment(ref begun);
            return hold.Task;
        }
    }

    private Task Note(string? why)
    {
        told.Add(why);
        return Task.CompletedTask;
    }

    private RunRecord Run(RepositoryId repository) => new()
    {
        Id = RunId.Parse($"run-{number++}"),
        Key = new TriggerKey(repository, EnvironmentName.Parse("dev"), TriggerName.Parse("job")),
        Origin = RunOrigin.OnDemand,
        ScheduledFor = DateTimeOffset.UnixEpoch,
        State = RunState.Pending,
        Commit = Jobs.Commit,
        Image = Jobs.NoImage,
    };
}
