using Xunit;

namespace GitOps.Triggers.Tests.Manifests;

/// <summary>Bounds that stand in the schema as words, since a schema cannot count durations and amounts.</summary>
public sealed class BoundsSpecs
{
    [Theory]
    [InlineData("run: { timeout: % }", "run", "timeout", "0s", "1s", "7d", "7d1s")]
    [InlineData("run: { startingDeadline: % }", "run", "startingDeadline", "9s", "10s", "7d", "7d1s")]
    [InlineData("run: { resources: { cpu: % } }", "run", "resources.properties.cpu", "9m", "10m", "256", "256.001")]
    [InlineData("run: { resources: { memory: % } }", "run", "resources.properties.memory", "6291455", "6Mi", "4Ti", "4097Gi")]
    [InlineData("x-expect: { successWithin: % }", "environment", "expect.properties.successWithin", "59s", "1m", "366d", "366d1s")]
    [InlineData("x-expect: { maxDuration: % }", "environment", "expect.properties.maxDuration", "0s", "1s", "7d", "7d1s")]
    [InlineData("run: { retries: % }", "run", "retries", "-1", "0", "10", "11")]
    [InlineData("run: { history: { successful: % } }", "run", "history.properties.successful", "-1", "0", "50", "51")]
    [InlineData("run: { history: { failed: % } }", "run", "history.properties.failed", "-1", "0", "50", "51")]
    public void A_bound_holds_as_the_schema_says_it(string place, string definition, string key, string below, string least, string most, string above)
    {
        var described = (string)SchemaJson.Read(SchemaJson.TriggerFile).SelectToken($"definitions.{definition}.properties.{key}.description")!;

        Assert.Contains($"from {least} to {most}", described, StringComparison.OrdinalIgnoreCase);
        Assert.All([least, most], value => Assert.Empty(Read(place, value)));
        Assert.All([below, above], value => Assert.Single(Read(place, value)));
    }

    private static IEnumerable<object> Read(string place, string value)
    {
        var lines = place.Replace("%", value, StringComparison.Ordinal);
        var environment = lines.StartsWith("x-", StringComparison.Ordinal) ? $"dev: {{ {lines[2..]} }}" : "dev:";
        return Repository.Read($"apiVersion: triggers.gitops/v1\nkind: ScheduledTrigger\nenvironments: {{ {environment} }}\n{(environment == "dev:" ? lines : "")}\n").Findings;
    }
}
