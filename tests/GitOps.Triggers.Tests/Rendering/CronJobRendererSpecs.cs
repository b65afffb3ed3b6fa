using System.Text.RegularExpressions;
using CsCheck;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Rendering;
using k8s.Models;
using Xunit;

namespace GitOps.Triggers.Tests.Rendering;

public sealed partial class CronJobRendererSpecs
{
    private static readonly RenderInput Example = RenderCases.Input("the-documented-example", "prod");

    [Fact]
    [Threat(30)]
    public void Names_that_share_a_prefix_of_60_characters_are_two_objects()
    {
        var prefix = new string('r', 60);
        var trigger = TriggerName.Parse(new string('t', TriggerName.Longest));
        var environment = EnvironmentName.Parse(new string('e', EnvironmentName.Longest));
        var names = new[] { prefix + "-1", prefix + "-2" }.Select(id => CronJobName.Of(new TriggerKey(RepositoryId.Parse(id), environment, trigger))).ToList();

        Assert.NotEqual(names[0], names[1]);
        Assert.All(names, name => Assert.True(DnsLabel.IsValid(name, 52), name));
    }

    [Fact]
    public void Repositories_and_environments_that_share_a_namespace_do_not_share_a_name()
    {
        var keys = from repository in new[] { "github-1", "github-11" }
                   from environment in new[] { "dev", "prod" }
                   from trigger in new[] { "a", "a-b", "1-dev" }
                   select new TriggerKey(RepositoryId.Parse(repository), EnvironmentName.Parse(environment), TriggerName.Parse(trigger));

        Assert.Equal(keys.Count(), keys.Select(CronJobName.Of).Distinct().Count());
    }

    [Fact]
    public void Any_repository_name_gives_a_namespace_and_labels_that_kubernetes_accepts() =>
        Gen.Select(Gen.String[1, 300], Gen.Char['a', 'z'].Array[1, 63]).Sample((name, id) =>
        {
            var repository = RenderCases.Jobs with { Name = name, Id = RepositoryId.Parse(new string(id)) };
            foreach (var environment in new[] { RenderCases.Dev with { Name = EnvironmentName.Parse(new string('e', EnvironmentName.Longest)) }, RenderCases.Prod })
                Assert.True(DnsLabel.IsValid(TargetNamespace.Of(environment, repository), 63));
            var job = CronJobRenderer.Render(Example with { Repository = repository });
            Assert.All(job.Metadata.Labels, label => Assert.Matches(LabelValue(), label.Value));
        });

    [Fact]
    public void A_cron_job_its_jobs_and_their_pods_carry_the_same_labels()
    {
        var job = CronJobRenderer.Render(Example);

        Assert.Equal(OwnershipLabels.Of(Example.Key), job.Metadata.Labels);
        Assert.Equal(job.Metadata.Labels, job.Spec.JobTemplate.Metadata.Labels);
        Assert.Equal(job.Metadata.Labels, job.Spec.JobTemplate.Spec.Template.Metadata.Labels);
    }

    [Fact]
    [Threat(20)]
    public void A_manifest_cannot_pose_as_the_engine()
    {
        var env = Render(run => run with { Env = new Dictionary<string, EnvironmentValue> { [RunVariables.TriggerName] = new EnvironmentValue.Literal("another") } })
            .Spec.JobTemplate.Spec.Template.Spec.Containers[0].Env;

        Assert.Equal(Example.Manifest.Name.Value, Assert.Single(env, variable => variable.Name == RunVariables.TriggerName).Value);
    }

    [Fact]
    public void The_order_in_which_a_manifest_is_written_changes_nothing()
    {
        var reordered = Render(run => run with { Env = run.Env.Reverse().ToDictionary(), Files = run.Files.Reverse().ToDictionary() });

        Assert.Equal(RenderedYaml.Write(CronJobRenderer.Render(Example)), RenderedYaml.Write(reordered));
    }

    [Fact]
    public void Without_a_starting_deadline_a_run_starts_however_late()
    {
        var deadline = Render(run => run with { StartingDeadline = null }).Spec.StartingDeadlineSeconds;

        Assert.Equal(CronJobRenderer.NoDeadlineSeconds, deadline);
        Assert.True(deadline * 1e9 < long.MaxValue, "The controller counts in nanoseconds.");
    }

    [Fact]
    public void A_pause_is_laid_over_a_release_and_says_why()
    {
        var job = CronJobRenderer.Render(Example);
        var before = RenderedYaml.Write(job);

        var paused = Suspension.Of(job, "paused by an operator: the ledger is closed");

        Assert.True(paused.Spec.Suspend);
        Assert.Equal("paused by an operator: the ledger is closed", paused.Metadata.Annotations[Annotations.Suspended]);
        Assert.Equal(before, RenderedYaml.Write(job));
        Assert.Equal(2, RenderedDiff.Between(before, RenderedYaml.Write(paused), "release", "paused").Split('\n').Count(line => line.StartsWith('+') && !line.StartsWith("+++", StringComparison.Ordinal)));
    }

    private static V1CronJob Render(Func<RunSpec, RunSpec> change) => CronJobRenderer.Render(Example with
    {
        Manifest = Example.Manifest with
        {
            Environments = new Dictionary<EnvironmentName, EnvironmentSpec> { [Example.Environment.Name] = Example.Spec with { Run = change(Example.Spec.Run) } },
        },
    });

    [GeneratedRegex(@"\A(?:[A-Za-z0-9](?:[A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?)?\z")]
    private static partial Regex LabelValue();
}
