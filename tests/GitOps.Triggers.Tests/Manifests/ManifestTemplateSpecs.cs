using GitOps.Triggers.Domain;
using GitOps.Triggers.Manifests;
using Xunit;

namespace GitOps.Triggers.Tests.Manifests;

public sealed class ManifestTemplateSpecs
{
    private static readonly string Template = ManifestTemplate.For(TriggerName.Parse("nightly-report"), EnvironmentName.Parse("dev"));

    [Fact]
    public void What_init_writes_is_valid_as_it_is()
    {
        var reading = Repository.Read(Template);

        Assert.Empty(reading.Findings);
        Assert.Equal("nightly-report", reading.Manifest!.Name.Value);
        Assert.NotNull(Assert.Single(reading.Manifest.Environments).Value.Schedule);
    }

    [Fact]
    public void What_init_has_commented_out_is_valid_too()
    {
        var uncommented = string.Join('\n', Template.Split('\n').Select(line => line.Replace("# ", "", StringComparison.Ordinal)
            .Replace("once an hour, at a minute of its own; see also: gitops-triggers next", "", StringComparison.Ordinal)
            .Replace("default: the Dockerfile beside this file", "", StringComparison.Ordinal)
            .Replace("a Secret of the environment, by name", "", StringComparison.Ordinal)));

        var manifest = Repository.Read(uncommented).Manifest!;

        Assert.NotNull(manifest.Description);
        Assert.Equal(2, manifest.Environments.Single().Value.Run.Env.Count);
        Assert.NotNull(manifest.Environments.Single().Value.Expect);
    }
}
