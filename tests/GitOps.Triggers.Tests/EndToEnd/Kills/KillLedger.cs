using GitOps.Triggers.Domain;
using GitOps.Triggers.Tests.Intake;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace GitOps.Triggers.Tests.EndToEnd.Kills;

/// <summary>What was acknowledged, built, deployed and run so far, held against the database that each kill leaves.</summary>
internal sealed class KillLedger(string dataFolder, Courier courier, Toolbox tools, Effects effects)
{
    private const string ImageName = "--tag localhost/gitops-triggers/", HashLabel = "triggers.gitops/input-hash=";

    private readonly HashSet<string> built = new(StringComparer.Ordinal);

    public int BuildCalls { get; private set; }

    public int Runs { get; private set; }

    /// <summary>Nothing that was acknowledged is lost, and nothing is there twice.</summary>
    public async Task CheckAsync()
    {
        using var image = CrashImage.Of(dataFolder);
        Assert.Equal("ok", await image.IntegrityAsync());
        Assert.Subset(await image.GuidsAsync(), courier.Acknowledged.ToHashSet());
        await using var context = image.Open();
        var names = await context.Repositories.ToDictionaryAsync(repository => repository.Id, repository => repository.Name);
        NothingIsBuiltAgain([.. (await context.Builds.Where(build => build.State == BuildState.Succeeded).ToListAsync()).Select(build => $"{names[build.Repository]} {build.Hash}")]);
        NothingIsDeployedTwice(await context.Deployments.OrderBy(row => row.Id).ToListAsync());
        NothingRunsTwice(await context.Runs.ToListAsync());
    }

    /// <param name="succeeded">Repository and hash of each build that is recorded as such.</param>
    private void NothingIsBuiltAgain(IReadOnlyList<string> succeeded)
    {
        foreach (var call in tools.NewCalls().Where(call => call.StartsWith("podman ", StringComparison.Ordinal) && call.Contains(" build --file ", StringComparison.Ordinal)))
        {
            BuildCalls++;
            var what = $"{After(call, ImageName, '/')} {After(call, HashLabel, ' ')}";
            Assert.False(built.Contains(what), $"{what} was built again, though it was recorded as built: {call}");
        }
        Assert.All(succeeded.CountBy(what => what), count => Assert.Equal(1, count.Value));
        built.UnionWith(succeeded);
    }

    private static string After(string call, string words, char end) => call[(call.IndexOf(words, StringComparison.Ordinal) + words.Length)..].Split(end)[0];

    private static void NothingIsDeployedTwice(IReadOnlyList<DeploymentRecord> deployments)
    {
        foreach (var (before, after) in deployments.GroupBy(row => row.Key).SelectMany(rows => rows.Zip(rows.Skip(1))))
            Assert.False(!before.Pruned && before.Image == after.Image && before.Settings == after.Settings, $"{after.Key} was deployed twice as the same release: {before.Id} and {after.Id}");
    }

    private void NothingRunsTwice(IReadOnlyList<RunRecord> runs)
    {
        Runs = runs.Count;
        Assert.All(runs.Where(run => run.Origin == RunOrigin.Schedule).CountBy(run => (run.Key, run.ScheduledFor)), count => Assert.Equal(1, count.Value));
        foreach (var run in runs)
        {
            var count = effects.Counts.GetValueOrDefault(run.Id.Value);
            Assert.True(count <= 1 && (run.State != RunState.Succeeded || count == 1), $"{run.Id} is {run.State}, and its job ran {count} times");
        }
    }
}
