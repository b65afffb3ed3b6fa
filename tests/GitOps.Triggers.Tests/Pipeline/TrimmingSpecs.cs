using GitOps.Triggers.Builds;
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
        await bench.Get<BuildStore>().StartAsync(old with { Id = 0, Repository = RepositoryId.Parse("another") }, PassBench.Cancelled);

        await bench.Get<Trimming>().TrimAsync(PassBench.Cancelled);

        Assert.True(bench.Holds(old.Image!));
        Assert.Null(await bench.Get<BuildStore>().FindAsync(old.Id, PassBench.Cancelled));
    }

    [Fact]
    public async Task It_is_done_at_the_start_and_again_once_in_a_while()
    {
        await using var bench = await PassBench.CreateAsync(One, PassBench.Environment("dev"));
        var loop = bench.Get<TrimmingLoop>();
        await loop.StartAsync(PassBench.Cancelled);
        await ReleaseAsync(bench, 2);

        await Eventually.HoldsAsync("the old build is gone", async () => (await bench.BuildsAsync()).Count == 1, () => bench.Time.Advance(TrimmingLoop.Interval));

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

    private static Task<IReadOnlyList<UpstreamEvidence>> EvidenceAsync(PassBench bench, DeploymentRecord of) =>
        bench.Get<DeploymentStore>().EvidenceAsync(bench.Key("dev"), [of.Hash], PassBench.Cancelled);
}
