using GitOps.Triggers.Builds;
using GitOps.Triggers.Domain;
using Xunit;

namespace GitOps.Triggers.Tests.Builds;

public sealed class BuildPlacesSpecs
{
    private static readonly RepositoryId Many = RepositoryId.Parse("many");
    private static readonly RepositoryId Other = RepositoryId.Parse("other");
    private readonly List<string> waiting = [];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_build_waits_while_as_many_as_are_allowed_go_on_and_says_so()
    {
        var places = Places(1);
        var first = await TakeAsync(places, Many);
        var second = TakeAsync(places, Other);
        Assert.False(second.IsCompleted);
        Assert.Equal(["other"], waiting);

        first.Dispose();
        first.Dispose();

        (await second).Dispose();
        (await TakeAsync(places, Many)).Dispose();
    }

    [Fact]
    [Threat(19)]
    public async Task A_repository_with_many_builds_leaves_a_place_to_the_others()
    {
        var places = Places(3);
        List<Task<IDisposable>> builds = [.. Enumerable.Range(0, 200).Select(_ => TakeAsync(places, Many))];

        Assert.Equal(2, builds.Count(build => build.IsCompleted));
        Assert.True(TakeAsync(places, Other).IsCompletedSuccessfully);
    }

    [Fact]
    public async Task Who_has_fewer_builds_under_way_is_next_and_of_equals_who_came_first()
    {
        var places = Places(2);
        var first = await TakeAsync(places, Many);
        var held = await TakeAsync(places, RepositoryId.Parse("third"));
        List<Task<IDisposable>> later = [TakeAsync(places, Many), TakeAsync(places, Many), TakeAsync(places, Other)];

        held.Dispose();
        await later[2];
        Assert.False(later[0].IsCompleted);

        first.Dispose();
        await later[0];
        Assert.False(later[1].IsCompleted);
    }

    [Fact]
    public async Task A_build_that_is_cancelled_while_it_waits_keeps_no_place()
    {
        var places = Places(1);
        var first = await TakeAsync(places, Many);
        using var cancel = new CancellationTokenSource();
        var second = places.TakeAsync(Other, () => { }, cancel.Token);
        var third = TakeAsync(places, Other);

        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        first.Dispose();

        (await third).Dispose();
    }

    private static BuildPlaces Places(int count) => new(new Limits { ParallelBuilds = count });

    private Task<IDisposable> TakeAsync(BuildPlaces places, RepositoryId repository) => places.TakeAsync(repository, () => waiting.Add(repository.Value), Ct);
}
