using CsCheck;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Manifests;
using GitOps.Triggers.Rendering;
using GitOps.Triggers.Tests.Rendering;
using Xunit;
using Repository = GitOps.Triggers.Tests.Manifests.Repository;

namespace GitOps.Triggers.Tests.Fuzzing;

/// <summary>A <c>trigger.yaml</c>: refused with findings that lie in it, or rendered to a CronJob that a cluster takes.</summary>
internal sealed class TriggerManifestTarget : FuzzTarget
{
    private const string Path = "jobs/nightly/trigger.yaml";

    public override string Name => "trigger-manifest";

    public override int Share => 70;

    public override Gen<byte[]> Inputs { get; } = Edits.Of(Corpus.With("trigger-manifest", "trigger.yaml"), [.. YamlWords.Any, .. YamlWords.Trigger]);

    public override void Check(byte[] input)
    {
        var reading = Read(input);
        FindingRules.Check(reading.Findings, Path, input);
        Assert.Equal(reading.Manifest is null, reading.Findings.Any(finding => finding.Severity == Severity.Error));
        // Reading is most of the time that this takes.
        var again = input.Length % 4 == 0 ? Read(input) : reading;
        Assert.Equal(reading.Findings, again.Findings);
        if (reading.Manifest is not { } manifest)
            return;
        foreach (var environment in manifest.Environments.Keys)
        {
            var job = CronJobRules.Check(CronJobRenderer.Render(Input(manifest, environment)));
            Assert.Equal(job, RenderedYaml.Write(CronJobRenderer.Render(Input(again.Manifest!, environment))));
        }
    }

    private static ManifestReading Read(byte[] input) => ManifestReader.Read(new ManifestFile(Path, input), Repository.Context);

    private static RenderInput Input(TriggerManifest manifest, EnvironmentName environment) => new()
    {
        Repository = RenderCases.Jobs,
        Environment = environment == RenderCases.Dev.Name ? RenderCases.Dev : RenderCases.Prod with { Name = environment },
        Manifest = manifest,
        Image = ImageReference.Parse($"registry.example.com/triggers/jobs@sha256:{new string('1', 64)}"),
        InputHash = InputHash.Parse(new string('2', 64)),
        Commit = CommitSha.Parse(new string('3', 40)),
    };
}
