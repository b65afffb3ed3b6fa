using System.Text;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Manifests;
using GitOps.Triggers.Tests.Support;
using Xunit;

namespace GitOps.Triggers.Tests.Manifests;

public sealed class ManifestSetSpecs
{
    private static readonly byte[] Valid = Encoding.UTF8.GetBytes("apiVersion: triggers.gitops/v1\nkind: ScheduledTrigger\nenvironments: { dev: { schedule: H H * * * } }\n");

    [Fact]
    public void Two_hundred_manifests_are_read_and_of_more_I_am_told()
    {
        var all = ManifestSet.Read(Files(200), Repository.Context);
        var more = ManifestSet.Read(Files(203), Repository.Context);

        Assert.True(all.Complete);
        Assert.Equal(200, all.Manifests.Count);
        Assert.False(more.Complete);
        Assert.Equal(200, more.Manifests.Count);
        var finding = Assert.Single(more.Findings);
        Assert.Equal("job-200/trigger.yaml", finding.File);
        Assert.Equal("The repository has more than 200 manifests; only the first 200 are read, and this is the next.", finding.Message);
    }

    [Fact]
    public void Every_example_that_I_am_shown_is_valid()
    {
        var examples = Source.File("examples");
        var files = Directory.GetFiles(examples, "trigger.yaml", SearchOption.AllDirectories)
            .Select(path => new ManifestFile(Path.GetRelativePath(examples, path), File.ReadAllBytes(path)))
            .ToList();

        var set = ManifestSet.Read(files, Repository.Context);

        Assert.Empty(set.Findings);
        Assert.Equal(3, set.Manifests.Count);
    }

    [Fact]
    public void A_repository_without_manifests_is_complete()
    {
        Assert.True(ManifestSet.Read([], Repository.Context).Complete);
    }

    [Fact]
    public void The_order_of_the_files_changes_nothing()
    {
        var files = Files(20).ToList();
        var forwards = ManifestSet.Read(files, Repository.Context);
        files.Reverse();

        Assert.Equal(forwards.Manifests.Select(manifest => manifest.File), ManifestSet.Read(files, Repository.Context).Manifests.Select(manifest => manifest.File));
    }

    [Fact]
    public void H_is_the_same_for_a_trigger_always_and_differs_between_triggers_repositories_and_environments()
    {
        var here = Schedule(Repository.Context, "a", "dev");

        Assert.Equal(here, Schedule(Repository.Context, "a", "dev"));
        Assert.DoesNotContain('H', here);
        Assert.NotEqual(here, Schedule(Repository.Context, "b", "dev"));
        Assert.NotEqual(here, Schedule(Repository.Context, "a", "prod"));
        Assert.NotEqual(here, Schedule(Repository.Context with { Repository = RepositoryId.Parse("github-43") }, "a", "dev"));
    }

    [Fact]
    public void Without_an_engine_to_ask_no_environment_is_called_unknown()
    {
        var file = new ManifestFile("trigger.yaml", Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(Valid).Replace("dev", "elsewhere", StringComparison.Ordinal)));

        Assert.Single(ManifestReader.Read(file, Repository.Context).Findings);
        Assert.Empty(ManifestReader.Read(file, Repository.Context with { KnownEnvironments = null }).Findings);
    }

    private static string Schedule(ManifestContext context, string trigger, string environment)
    {
        var text = Encoding.UTF8.GetString(Valid).Replace("dev", environment, StringComparison.Ordinal);
        var manifest = ManifestReader.Read(new ManifestFile($"{trigger}/trigger.yaml", Encoding.UTF8.GetBytes(text)), context).Manifest!;
        return manifest.Environments[EnvironmentName.Parse(environment)].Schedule!.Expression;
    }

    private static IEnumerable<ManifestFile> Files(int count) =>
        Enumerable.Range(0, count).Select(number => new ManifestFile($"job-{number:D3}/trigger.yaml", Valid));
}
