using CsCheck;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Manifests;
using Xunit;

namespace GitOps.Triggers.Tests.Fuzzing;

/// <summary>An <c>engine.yaml</c>: refused with findings that lie in it and repeat no secret, or a configuration whose parts fit together.</summary>
internal sealed class EngineConfigurationTarget : FuzzTarget
{
    private const string Path = "/etc/triggers/engine.yaml";
    private const string Secret = "canary-3f9c1e";

    public override string Name => "engine-configuration";

    public override int Share => 60;

    public override Gen<byte[]> Inputs { get; } = Edits.Of(Corpus.With("engine-configuration", "engine.yaml"), [.. YamlWords.Any, .. YamlWords.Engine]);

    public override void Check(byte[] input)
    {
        var reading = Read(input);
        FindingRules.Check(reading.Findings, Path, input);
        Assert.Equal(reading.Configuration is null, reading.Findings.Any(finding => finding.Severity == Severity.Error));
        Assert.DoesNotContain(reading.Findings, finding => finding.ToString().Contains(Secret, StringComparison.Ordinal));
        // Reading is most of the time that this takes.
        if (input.Length % 4 == 0)
            Assert.Equal(reading.Findings, Read(input).Findings);
        if (reading.Configuration is { } configuration)
            FitTogether(configuration);
    }

    private static ConfigurationReading Read(byte[] input) => EngineConfigurationReader.Read(Path, input, _ => Secret);

    private static void FitTogether(EngineConfiguration configuration)
    {
        var names = configuration.Environments.Select(environment => environment.Name).ToList();
        Assert.Equal(names.Count, names.Distinct().Count());
        Assert.NotEmpty(configuration.WebhookSecretFiles);
        Assert.All(configuration.WebhookSecretFiles, file => Assert.True(System.IO.Path.IsPathRooted(file), file));
        Assert.True(System.IO.Path.IsPathRooted(configuration.DataFolder) && !configuration.DataFolder.Contains(':', StringComparison.Ordinal), configuration.DataFolder);
        Assert.Equal(configuration.Repositories.Count, configuration.Repositories.Select(repository => repository.Url).Distinct().Count());
        foreach (var environment in configuration.Environments)
            EndsSomewhere(environment, configuration.Environments);
    }

    /// <summary>The way an image comes to an environment begins where something is built.</summary>
    private static void EndsSomewhere(EnvironmentDefinition environment, IReadOnlyList<EnvironmentDefinition> all)
    {
        for (var steps = 0; environment.PromotesFrom is { } from; steps++)
        {
            Assert.InRange(steps, 0, all.Count);
            environment = all.Single(one => one.Name == from);
        }
    }
}
