using GitOps.Triggers.Domain;
using GitOps.Triggers.Pipeline;
using GitOps.Triggers.Tests.Planning;
using Xunit;

namespace GitOps.Triggers.Tests.Pipeline;

/// <summary>Histories are written as in <see cref="Given"/>, newest first, one deployment or build a day.</summary>
public sealed class SurplusSpecs
{
    private static readonly Limits Two = new() { DeploymentsKept = 2, BuildsKept = 2, RecordsKeptFor = TimeSpan.Zero };

    [Theory]
    [InlineData("3a 2a 1a", "", "1a")]
    [InlineData("3a 2a", "", "")]
    [InlineData("4a 3a 2a 1a", "2a", "1a")] // What runs elsewhere has been here since then.
    [InlineData("5a 4a 3a 2a 1a", "3a 2a 1a", "1a")] // Also what can be rolled back to there.
    [InlineData("1d 1c 1b 1a", "", "1b")] // The first deployment of an image says since when it is here.
    [InlineData("3a! 2a 1a", "", "3a! 2a 1a")] // Nobody rolls back to what was taken down so long ago.
    [InlineData("3a! 2a 1a", "1a", "2a")] // The newest says that it was taken down.
    public void Of_each_trigger_its_newest_stay_and_what_tells_of_images_in_use(string dev, string prod, string expected)
    {
        IReadOnlyList<DeploymentRecord> all = [.. Given.History(Given.Dev, dev), .. Given.History(Given.Prod, prod)];

        var surplus = Surplus.Deployments(all, Two, Given.Now).Where(row => row.Environment == Given.Dev.Name);

        Assert.Equal(expected.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => Given.History(Given.Dev, word)[0]).Select(Release), surplus.Select(Release));
    }

    [Fact]
    public void Triggers_are_counted_apart()
    {
        IReadOnlyList<DeploymentRecord> all = [.. Given.History(Given.Dev, "3a 2a", "one"), .. Given.History(Given.Dev, "6a 5a", "two")];

        Assert.Empty(Surplus.Deployments(all, Two, Given.Now));
    }

    [Fact]
    public void What_is_young_stays_however_much_it_is()
    {
        var limits = Two with { RecordsKeptFor = TimeSpan.FromDays(3.5) };

        Assert.Equal([Release(Given.History(Given.Dev, "1a")[0])], Surplus.Deployments(Given.History(Given.Dev, "4a 3a 2a 1a"), limits, Given.Now).Select(Release));
        Assert.Equal([Release(Given.History(Given.Dev, "1a")[0])], Surplus.Deployments(Given.History(Given.Dev, "4a! 3a 2a 1a"), limits, Given.Now).Select(Release));
        Assert.Equal([1L], Surplus.Builds(Built("4 3 2 1"), [], Job, limits, Given.Now).Select(build => build.Id));
    }

    [Theory]
    [InlineData("4 3 2 1", "", "2 1")]
    [InlineData("4 3 2 1", "1a", "2")] // Without the record of what runs, that would be built again.
    [InlineData("2 1", "", "")]
    public void Of_builds_the_newest_stay_and_those_whose_image_is_deployed(string built, string deployed, string expected)
    {
        var surplus = Surplus.Builds(Built(built), Given.History(Given.Prod, deployed), Job, Two, Given.Now);

        Assert.Equal(expected, string.Join(' ', surplus.Select(build => build.Id)));
    }

    [Theory]
    [InlineData("", "4 3 2 1")]
    [InlineData("1a", "2")] // It runs elsewhere, and may be rolled back to there.
    public void Of_a_trigger_that_is_gone_everywhere_no_build_stays(string deployed, string expected)
    {
        var surplus = Surplus.Builds(Built("4 3 2 1"), Given.History(Given.Prod, deployed), new HashSet<TriggerName>(), Two, Given.Now);

        Assert.Equal(expected, string.Join(' ', surplus.Select(build => build.Id)));
    }

    [Fact]
    public void A_build_that_goes_on_stays()
    {
        var builds = Built("3 2 1").Select(build => build with { State = BuildState.Running, FinishedAt = null }).ToList();

        Assert.Empty(Surplus.Builds(builds, [], Job, Two, Given.Now));
    }

    private static HashSet<TriggerName> Job => [TriggerName.Parse("job")];

    private static List<BuildRecord> Built(string inputs) =>
        [.. Given.BuiltEarlier(inputs).Select((build, age) => build with { FinishedAt = Given.Now.AddDays(-age - 1) })];

    private static (InputHash, SettingsFingerprint, bool) Release(DeploymentRecord row) => (row.Hash, row.Settings, row.Pruned);
}
