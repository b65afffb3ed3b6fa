using GitOps.Triggers.Manifests;
using Xunit;

namespace GitOps.Triggers.Tests.Manifests;

/// <summary>Each folder of <c>engine-cases/</c> holds an <c>engine.yaml</c>, read as if it lay in <c>/etc/triggers</c>, and what the engine says of it.</summary>
public sealed class EngineCaseSpecs
{
    private const string Canary = "canary";

    public static TheoryData<string> Cases => [.. Fixtures.In("engine-cases")];

    [Theory, MemberData(nameof(Cases))]
    public void I_am_told_everything_at_once_and_no_secret_is_repeated(string name)
    {
        var folder = Path.Combine(Fixtures.Here, "engine-cases", name);

        var reading = EngineConfigurationReader.Read("/etc/triggers/engine.yaml", File.ReadAllBytes(Path.Combine(folder, "engine.yaml")), ReadText);

        var printed = string.Join('\n', Lines(reading)) + "\n";
        Assert.DoesNotContain(Canary, printed, StringComparison.Ordinal);
        Fixtures.Compare(folder, printed);
    }

    [Fact]
    public void A_colon_in_the_folder_of_the_file_is_found_too_when_the_data_lies_beside_it()
    {
        var reading = EngineConfigurationReader.Read("/etc/trig:gers/engine.yaml", "environments: [ { name: dev, branch: main } ]\nwebhooks: { secretFiles: [ ./secrets/webhook ] }\n"u8, ReadText);

        Assert.Null(reading.Configuration);
        Assert.Equal("data", Assert.Single(reading.Findings).Path);
    }

    private static string? ReadText(string path) => Path.GetFileName(path) switch
    {
        ['m', 'i', 's', 's', 'i', 'n', 'g', ..] => null,
        ['e', 'm', 'p', 't', 'y', ..] => " \n",
        _ => $"{Canary}-content",
    };

    private static IEnumerable<string> Lines(ConfigurationReading reading) =>
    [
        .. Printed.Findings(reading.Findings),
        .. reading.Configuration is { } configuration ? PrintedConfiguration.Lines(configuration) : ["refused"],
    ];
}
