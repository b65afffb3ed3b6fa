using System.Globalization;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Tests.Support;
using Xunit;

namespace GitOps.Triggers.Tests.Domain;

/// <summary>The places of builds and runs, with the numbers that an engine has by itself.</summary>
public sealed class FairPlacesSpecs
{
    private static readonly Limits Shipped = new();
    private static readonly RepositoryId Greedy = RepositoryId.Parse("greedy");

    public static TheoryData<string, int, int> Kinds => new()
    {
        { "builds", Shipped.ParallelBuilds, Shipped.ParallelBuilds - 1 },
        { "runs", Shipped.ParallelRuns, Shipped.ParallelRunsPerRepository },
    };

    [Theory]
    [Threat(19)]
    [MemberData(nameof(Kinds))]
    public async Task A_repository_that_uses_up_its_limit_slows_the_others_by_no_place_but_its_own(string kind, int most, int mostOfOne)
    {
        var places = new FairPlaces(most, mostOfOne);
        List<Task<IDisposable>> greedy = [.. Enumerable.Range(0, 1_000).Select(_ => TakeAsync(places, Greedy))];
        Assert.Equal(mostOfOne, greedy.Count(work => work.IsCompleted));

        // A hundred others come with five each, and none of the greedy one's ends: rounds in which all that goes on ends at once.
        var others = Enumerable.Range(0, 500).Select(number => TakeAsync(places, RepositoryId.Parse(string.Create(CultureInfo.InvariantCulture, $"r{number % 100}")))).ToList();
        var rounds = 0;
        while (others.Count > 0)
        {
            List<Task<IDisposable>> going = [];
            var left = Math.Min(most - mostOfOne, others.Count);
            await Eventually.HoldsAsync("all places but those of the greedy one are taken", () => (going = [.. others.Where(work => work.IsCompleted)]).Count == left);
            others.RemoveAll(going.Contains);
            foreach (var work in going)
                (await work).Dispose();
            rounds++;
        }

        Assert.Equal((kind, (int)Math.Ceiling(500.0 / (most - mostOfOne)), mostOfOne), (kind, rounds, greedy.Count(work => work.IsCompleted)));
    }

    private static Task<IDisposable> TakeAsync(FairPlaces places, RepositoryId repository) => places.TakeAsync(repository, () => Task.CompletedTask, TestContext.Current.CancellationToken);
}
