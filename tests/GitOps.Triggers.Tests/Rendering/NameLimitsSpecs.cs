using System.Text;
using CsCheck;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Rendering;
using Xunit;

namespace GitOps.Triggers.Tests.Rendering;

/// <summary>Whatever a repository, an environment and a trigger are called: Kubernetes takes every name, label and annotation that comes of it.</summary>
public sealed class NameLimitsSpecs
{
    private const int LongestAnnotations = 256 << 10;

    private static readonly Gen<string> Label = Gen.String[Gen.Char["abcz019-"], 1, 40].Where(text => DnsLabel.IsValid(text, 40));
    private static readonly Gen<string> Any = Gen.OneOf(Label, Gen.String[1, 120], Gen.String[Gen.Char["aZ/._-é漢 \n"], 1, 200]);

    private static readonly Gen<(string Name, string Trigger, string Environment, long Number, string Description)> Inputs =
        Gen.Select(Any, Label, Label.Where(text => text.Length <= EnvironmentName.Longest), Gen.Long[1, long.MaxValue], Gen.String[0, 500]);

    [Fact]
    public void Every_object_is_within_the_limits() => Inputs.Sample(input =>
    {
        var environment = new EnvironmentDefinition
        {
            Name = EnvironmentName.Parse(input.Environment),
            Branch = BranchName.Parse("main"),
            Target = new TargetSettings.Kubernetes { Namespace = "trg-{repository}-" + new string('x', 18), CreateNamespaces = true, Quota = new NamespaceQuota(null, null, 1) },
        };
        var repository = new Repository { Id = RepositoryId.Parse($"github-{input.Number}"), Name = input.Name, Url = RepositoryUrl.Parse("https://git.example/a.git") };
        var job = CronJobRenderer.Render(new RenderInput
        {
            Repository = repository,
            Environment = environment,
            Image = ImageReference.Parse("registry.example.com/a@sha256:" + new string('1', 64)),
            InputHash = InputHash.Parse(new string('2', 64)),
            Commit = CommitSha.Parse(new string('3', 40)),
            Manifest = new TriggerManifest
            {
                File = "trigger.yaml",
                Name = TriggerName.Parse(input.Trigger),
                Description = input.Description,
                Build = new BuildSpec { Context = "", Dockerfile = "Dockerfile" },
                Environments = new Dictionary<EnvironmentName, EnvironmentSpec> { [environment.Name] = new() { Run = new RunSpec() } },
            },
        });
        var space = job.Metadata.NamespaceProperty;
        var around = EnvironmentObjects.Of(environment.Name, (TargetSettings.Kubernetes)environment.Target, repository.Id, space);

        Assert.True(DnsLabel.IsValid(job.Metadata.Name, 52), job.Metadata.Name);
        Assert.True(DnsLabel.IsValid(space, 63), space);
        Assert.All(job.Metadata.Labels.Concat(around.Namespace!.Metadata.Labels).Concat(around.Account.Metadata.Labels), label => Assert.True(DnsLabel.IsValid(label.Value, 63), label.Value));
        Assert.All(new[] { around.Isolation!.Metadata.Name, around.Quota!.Metadata.Name }, name => Assert.True(DnsLabel.IsValid(name, 63), name));
        Assert.True(job.Metadata.Annotations.Sum(one => Encoding.UTF8.GetByteCount(one.Key + one.Value)) < LongestAnnotations);
        Assert.True(OwnershipLabels.KeyOf(job.Metadata.Labels) is { } key && CronJobName.Of(key) == job.Metadata.Name);
    });
}
