using System.Net;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Tests.Support;
using GitOps.Triggers.Tests.Webhooks;
using GitOps.Triggers.Web;
using Xunit;

namespace GitOps.Triggers.Tests.EndToEnd;

/// <summary>From the door to what is built and applied: however often a push is told of, it is one.</summary>
public sealed class RedeliverySpecs
{
    [Fact]
    [Threat(7)]
    public async Task One_push_under_ten_thousand_ids_is_one_build_and_one_release()
    {
        await ContainerEngine.SkipUnlessAvailableAsync();
        using var folder = new TempFolder();
        var (repository, first) = await JobSource.PushedAsync(folder, "nightly");
        await using var engine = new EngineProcess(folder, EngineProcess.DevOnly);
        using var door = new EngineDoor(engine, folder);
        await engine.StartAsync();
        await engine.ConnectAsync(repository);
        await engine.ReconciledAsync("nightly", "dev", first);
        JobSource.Write(repository, "echo changed");
        var second = await repository.CommitAsync("second");
        await repository.PushAsync("main");

        foreach (var batch in Enumerable.Range(0, 10_000).Chunk(200))
            Assert.All(await Task.WhenAll(batch.Select(_ => door.SendAsync(SignedDelivery.Push(url: repository.Url)))), answer => Assert.Equal((HttpStatusCode.Accepted, "marked dev\n"), answer));
        await engine.ReconciledAsync("nightly", "dev", second);

        Assert.Equal(10_000, door.Stored().Count);
        Assert.Equal([second, first], (await engine.GetAsync<IReadOnlyList<BuildView>>("builds")).Select(build => build.Commit));
        Assert.Equal([second, first], (await engine.GetAsync<IReadOnlyList<ReleaseView>>("releases")).Select(release => release.Commit));
        Assert.Equal(2, Applied(door));
    }

    [Fact]
    [Threat(7)]
    public async Task One_id_that_comes_again_during_its_build_and_after_it_changes_nothing()
    {
        await ContainerEngine.SkipUnlessAvailableAsync();
        using var folder = new TempFolder();
        var repository = await WorkingCopy.CreateAsync(folder, "nightly");
        JobSource.Write(repository);
        // Long enough to be met under way.
        repository.Write("Dockerfile", $"FROM {JobSource.Base}\nRUN sleep 5\nCOPY job.sh /job.sh\nUSER 65532:65532\nENTRYPOINT [\"/bin/sh\", \"/job.sh\"]\n");
        await using var engine = new EngineProcess(folder, EngineProcess.DevOnly);
        using var door = new EngineDoor(engine, folder);
        await engine.StartAsync();
        var commit = await repository.CommitAsync("first");
        await repository.PushAsync("main");
        await engine.ConnectAsync(repository);
        var push = SignedDelivery.Push(url: repository.Url);
        await engine.UntilAsync("it is being built", async () => (await BuildsAsync(engine)).Any(build => build.State == BuildState.Running));

        Assert.All(await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => door.StatusAsync(push))), status => Assert.Equal(HttpStatusCode.Accepted, status));
        Assert.Equal(BuildState.Running, Assert.Single(await BuildsAsync(engine)).State);
        await engine.ReconciledAsync("nightly", "dev", commit);
        Assert.All(await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => door.StatusAsync(push))), status => Assert.Equal(HttpStatusCode.Accepted, status));
        await engine.ReconciledAsync("nightly", "dev", commit);

        Assert.Single(door.Stored());
        Assert.Equal(BuildState.Succeeded, Assert.Single(await BuildsAsync(engine)).State);
        Assert.Single(await engine.GetAsync<IReadOnlyList<ReleaseView>>("releases"));
        Assert.Equal(1, Applied(door));
    }

    private static Task<IReadOnlyList<BuildView>> BuildsAsync(EngineProcess engine) => engine.GetAsync<IReadOnlyList<BuildView>>("builds");

    /// <returns>How often the only CronJob was written.</returns>
    private static long Applied(EngineDoor door)
    {
        using var connection = door.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT MAX(Generation) FROM local_cronjobs";
        return (long)command.ExecuteScalar()!;
    }
}
