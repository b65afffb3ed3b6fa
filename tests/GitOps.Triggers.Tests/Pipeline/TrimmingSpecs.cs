using GitOps.Triggers.Builds;
using GitOps.Triggers.Deployment;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Hosting;
using GitOps.Triggers.Pipeline;
using GitOps.Triggers.Storage;
using GitOps.Triggers.Tests.Support;
using Xunit;

namespace GitOps.Triggers.Tests.Pipeline;

public sealed class TrimmingSpecs
{
    private static readonly Limits One = new() { DeploymentsKept = 1, BuildsKept = 1, RecordsKeptFor = TimeSpan.FromDays(1) };

    [Fact]
    public async Task Old_deployments_go_and_old_builds_with_their_logs_and_their_images()
    {
        await using var bench = await PassBench.CreateAsync(One, PassBench.Environment("dev"));
        await ReleaseAsync(bench, 3);
        var (builds, images) = (await bench.BuildsAsync(), (await bench.DeploymentsAsync("dev")).Select(row => row.Image).ToList());

        await bench.Get<Trimming>().TrimAsync(PassBench.Cancelled);

        Assert.Equal([images[0]], (await bench.DeploymentsAsync("dev")).Select(row => row.Image));
        Assert.Equal([builds[0].Id], (await bench.BuildsAsync()).Select(build => build.Id));
        Assert.Equal([true, false, false], images.Select(bench.Holds));
        Assert.Equal([true, false, false], builds.Select(build => File.Exists(bench.Get<BuildLogs>().PathOf(build.Id))));
        await bench.PassAsync("dev");
        Assert.Equal(3, bench.Builder.Begun);
    }

    [Fact]
    public async Task What_runs_in_any_environment_stays_and_so_does_what_its_gates_ask_for()
    {
        await using var bench = await PassBench.CreateAsync(One, PassBench.Environment("dev"), PassBench.Environment("prod", "dev", "release"));
        await bench.PassAsync("dev");
        await bench.Repository.GitAsync("branch release");
        await bench.PassAsync("prod");
        await ReleaseAsync(bench, 3);
        var running = Assert.Single(await bench.DeploymentsAsync("prod"));
        var before = await EvidenceAsync(bench, running);

        await bench.Get<Trimming>().TrimAsync(PassBench.Cancelled);

        Assert.True(bench.Holds(running.Image));
        Assert.Equal(before, await EvidenceAsync(bench, running));
        Assert.Contains(await bench.BuildsAsync(), build => build.Image == running.Image);
        Assert.Equal(2, (await bench.DeploymentsAsync("dev")).Count);
    }

    [Fact]
    public async Task An_image_that_a_container_uses_stays_until_it_is_free()
    {
        await using var bench = await PassBench.CreateAsync(One, PassBench.Environment("dev"));
        await ReleaseAsync(bench, 2);
        var old = (await bench.DeploymentsAsync("dev"))[1];

        bench.UseImages();
        await bench.Get<Trimming>().TrimAsync(PassBench.Cancelled);
        Assert.True(bench.Holds(old.Image));
        Assert.Contains(await bench.BuildsAsync(), build => build.Id == old.BuildId);

        bench.UseImages(false);
        await bench.Get<Trimming>().TrimAsync(PassBench.Cancelled);
        Assert.False(bench.Holds(old.Image));
        Assert.DoesNotContain(await bench.BuildsAsync(), build => build.Id == old.BuildId);
    }

    [Fact]
    public async Task An_image_that_does_not_carry_the_engines_label_is_left_alone()
    {
        await using var bench = await PassBench.CreateAsync(One, PassBench.Environment("dev"));
        await ReleaseAsync(bench, 2);
        var old = (await bench.DeploymentsAsync("dev"))[1];
        bench.Relabel(old.Image, "");

        await bench.Get<Trimming>().TrimAsync(PassBench.Cancelled);

        Assert.True(bench.Holds(old.Image));
    }

    [Fact]
    public async Task An_image_that_another_build_made_as_well_is_left_alone()
    {
        await using var bench = await PassBench.CreateAsync(One, PassBench.Environment("dev"));
        await ReleaseAsync(bench, 2);
        var old = (await bench.BuildsAsync())[1];
        await bench.Get<BuildStore>().AddAsync(old with { Id = 0, Repository = RepositoryId.Parse("another"), FinishedAt = bench.Time.GetUtcNow() }, PassBench.Cancelled);

        await bench.Get<Trimming>().TrimAsync(PassBench.Cancelled);

        Assert.True(bench.Holds(old.Image!));
        Assert.Null(await bench.Get<BuildStore>().FindAsync(old.Id, PassBench.Cancelled));
    }

    [Fact]
    public async Task What_a_trigger_that_left_has_behind_goes_once_nobody_will_roll_back_to_it()
    {
        await using var bench = await PassBench.CreateAsync(One, PassBench.Environment("dev"));
        await ReleaseAsync(bench, 2);
        var running = (await bench.DeploymentsAsync("dev"))[0];
        var log = await RanAsync(bench, running);
        // Not the last one: a branch without any trigger has what runs suspended.
        bench.Repository.Write("other/Dockerfile", "FROM scratch\nUSER 65532:65532\n");
        bench.Repository.Write("other/trigger.yaml", """
            apiVersion: triggers.gitops/v1
            kind: ScheduledTrigger
            name: other
            environments:
              dev: { schedule: "0 9 * * *" }
            """);
        bench.Repository.Delete("trigger.yaml");
        await bench.Repository.CommitAsync();
        await bench.PassAsync("dev");

        await TrimAllAsync(bench);
        Assert.True(bench.Holds(running.Image));
        Assert.True(File.Exists(log));
        await bench.Repository.GitAsync("revert --no-edit HEAD");
        await bench.PassAsync("dev");
        Assert.Equal((3, running.Image), (bench.Builder.Begun, (await bench.DeploymentsAsync("dev"))[0].Image));

        await bench.Repository.GitAsync("revert --no-edit HEAD");
        await bench.PassAsync("dev");
        bench.Time.Advance(TimeSpan.FromDays(2));
        await TrimAllAsync(bench);

        Assert.All(await bench.DeploymentsAsync("dev"), row => Assert.Equal("other", row.Trigger.Value));
        Assert.All(await bench.BuildsAsync(), row => Assert.Equal("other", row.Trigger.Value));
        Assert.Empty(await bench.Get<RunStore>().ListAsync(null, null, null, null, 10, PassBench.Cancelled));
        Assert.False(bench.Holds(running.Image));
        Assert.False(File.Exists(log));
    }

    [Fact]
    public async Task The_runs_of_a_trigger_that_stands_stay()
    {
        await using var bench = await PassBench.CreateAsync(One, PassBench.Environment("dev"));
        await ReleaseAsync(bench, 1);
        var log = await RanAsync(bench, (await bench.DeploymentsAsync("dev"))[0]);
        bench.Time.Advance(TimeSpan.FromDays(2));

        await TrimAllAsync(bench);

        Assert.Single(await bench.Get<RunStore>().ListAsync(null, null, null, null, 10, PassBench.Cancelled));
        Assert.True(File.Exists(log));
    }

    [Fact]
    public async Task The_mirror_of_a_repository_goes_when_that_is_no_longer_connected()
    {
        await using var bench = await PassBench.CreateAsync(One, PassBench.Environment("dev"));
        await bench.PassAsync("dev");
        var mirror = Path.Combine(bench.Get<EngineConfiguration>().DataFolder, "mirrors", $"{bench.Repository.Connected.Id}.git");

        await bench.Get<MirrorRemoval>().RemoveAsync(PassBench.Cancelled);
        Assert.True(Directory.Exists(mirror));
        await bench.Get<RepositoryStore>().SyncAsync([], PassBench.Cancelled);
        await bench.Get<MirrorRemoval>().RemoveAsync(PassBench.Cancelled);

        Assert.False(Directory.Exists(mirror));
        await bench.Get<RepositoryStore>().SyncAsync([new RepositorySettings { Url = bench.Repository.Url }], PassBench.Cancelled);
        await bench.PassAsync("dev");
        Assert.Equal(TriggerState.Deployed, (await bench.StatusAsync("dev")).State);
    }

    [Fact]
    public async Task It_is_done_at_the_start_and_again_once_in_a_while()
    {
        await using var bench = await PassBench.CreateAsync(One, PassBench.Environment("dev"));
        var loop = bench.Get<TrimmingLoop>();
        await loop.StartAsync(PassBench.Cancelled);
        await ReleaseAsync(bench, 2);

        // Once: the patience with the container engine goes by the same clock.
        bench.Time.Advance(TrimmingLoop.Interval);
        await Eventually.HoldsAsync("the old build is gone", async () => (await bench.BuildsAsync()).Count == 1);

        await loop.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task A_history_is_read_without_what_was_applied()
    {
        await using var bench = await PassBench.CreateAsync(PassBench.Environment("dev"));
        await bench.PassAsync("dev");

        var running = Assert.Single(await bench.DeploymentsAsync("dev"));

        Assert.Empty(running.Rendered);
        Assert.Contains("kind: CronJob", await bench.Get<DeploymentStore>().RenderedAsync(running, PassBench.Cancelled), StringComparison.Ordinal);
    }

    /// <summary>New versions, two days apart, and two days since.</summary>
    private static async Task ReleaseAsync(PassBench bench, int versions)
    {
        for (var version = 1; version <= versions; version++)
        {
            await bench.Repository.CommitAsync("Dockerfile", $"FROM scratch\nUSER 65532:65532\nENV VERSION={version}\n");
            await bench.PassAsync("dev");
            bench.Time.Advance(TimeSpan.FromDays(2));
        }
    }

    private static async Task TrimAllAsync(PassBench bench)
    {
        await bench.Get<Trimming>().TrimAsync(PassBench.Cancelled);
        await bench.Get<RunRemoval>().RemoveAsync(PassBench.Cancelled);
    }

    /// <returns>The log of a run that ended well just now.</returns>
    private static async Task<string> RanAsync(PassBench bench, DeploymentRecord release)
    {
        var id = RunId.Parse("job-1");
        await using var context = bench.Get<Database>().CreateDbContext();
        context.Runs.Add(new RunRecord
        {
            Id = id,
            Key = release.Key,
            Origin = RunOrigin.OnDemand,
            ScheduledFor = bench.Time.GetUtcNow(),
            State = RunState.Succeeded,
            Attempt = 1,
            Commit = release.Commit,
            Image = release.Image,
        });
        context.LocalJobs.Add(new LocalJob { Id = id, CronJob = "job", Spec = "{}" });
        await context.SaveChangesAsync(PassBench.Cancelled);
        var log = RunLogs.PathOf(bench.Get<EngineConfiguration>().DataFolder, id, 1);
        Directory.CreateDirectory(Path.GetDirectoryName(log)!);
        await File.WriteAllTextAsync(log, "done", PassBench.Cancelled);
        return log;
    }

    private static Task<IReadOnlyList<UpstreamEvidence>> EvidenceAsync(PassBench bench, DeploymentRecord of) =>
        bench.Get<DeploymentStore>().EvidenceAsync(bench.Key("dev"), [of.Hash], PassBench.Cancelled);
}
