using GitOps.Triggers.Domain;
using Xunit;

namespace GitOps.Triggers.Tests.Planning;

public sealed class SettingsFingerprintSpecs
{
    private static readonly KeySource Token = new(KeySourceKind.Secret, "tokens", "api");

    private static readonly EnvironmentSpec Plain = new()
    {
        Schedule = CronSchedule.Parse("0 9 * * *", "Europe/Oslo"),
        Run = new RunSpec
        {
            Env = new Dictionary<string, EnvironmentValue> { ["A"] = new EnvironmentValue.Literal("1"), ["B"] = new EnvironmentValue.From(Token) },
            Files = new Dictionary<string, KeySource> { ["/a"] = Token, ["/b"] = Token },
        },
    };

    /// <summary>Every property that a manifest can set, with another value. A property that is added must be added here.</summary>
    private static readonly Dictionary<string, EnvironmentSpec> Changed = new()
    {
        [nameof(EnvironmentSpec.Schedule)] = Plain with { Schedule = CronSchedule.Parse("0 9 * * *", "Etc/UTC") },
        [nameof(EnvironmentSpec.Suspend)] = Plain with { Suspend = true },
        [nameof(EnvironmentSpec.Expect)] = Plain with { Expect = new Expectation { SuccessWithin = TimeSpan.FromHours(1) } },
        [nameof(RunSpec.Command)] = Run(run => run with { Command = ["x"] }),
        [nameof(RunSpec.Args)] = Run(run => run with { Args = ["x"] }),
        [nameof(RunSpec.Env)] = Run(run => run with { Env = new Dictionary<string, EnvironmentValue>(run.Env) { ["A"] = new EnvironmentValue.Literal("2") } }),
        [nameof(RunSpec.Files)] = Run(run => run with { Files = new Dictionary<string, KeySource>(run.Files) { ["/a"] = Token with { Kind = KeySourceKind.Config } } }),
        [nameof(RunSpec.Cpu)] = Run(run => run with { Cpu = Quantity.Parse("200m") }),
        [nameof(RunSpec.Memory)] = Run(run => run with { Memory = Quantity.Parse("64Mi") }),
        [nameof(RunSpec.Timeout)] = Run(run => run with { Timeout = TimeSpan.FromSeconds(1) }),
        [nameof(RunSpec.Retries)] = Run(run => run with { Retries = 1 }),
        [nameof(RunSpec.ConcurrencyPolicy)] = Run(run => run with { ConcurrencyPolicy = ConcurrencyPolicy.Replace }),
        [nameof(RunSpec.StartingDeadline)] = Run(run => run with { StartingDeadline = TimeSpan.FromSeconds(1) }),
        [nameof(RunSpec.SuccessfulHistory)] = Run(run => run with { SuccessfulHistory = 1 }),
        [nameof(RunSpec.FailedHistory)] = Run(run => run with { FailedHistory = 1 }),
    };

    [Fact]
    public void Every_setting_counts()
    {
        var settable = typeof(EnvironmentSpec).GetProperties().Concat(typeof(RunSpec).GetProperties())
            .Where(property => property.CanWrite).Select(property => property.Name).Except([nameof(EnvironmentSpec.Run)]);
        var fingerprints = Changed.Values.Append(Plain).Select(SettingsFingerprint.Of).ToHashSet();

        Assert.Equivalent(settable, Changed.Keys, strict: true);
        Assert.Equal(Changed.Count + 1, fingerprints.Count);
    }

    [Theory]
    [InlineData("a", "bc", "ab", "c")]
    [InlineData("a ", "b", "a", " b")]
    [InlineData("1:a 1:b", "", "a", "b")]
    public void No_value_can_pass_for_two(string oneFirst, string oneSecond, string otherFirst, string otherSecond) =>
        Assert.NotEqual(
            SettingsFingerprint.Of(Run(run => run with { Args = [oneFirst, oneSecond] })),
            SettingsFingerprint.Of(Run(run => run with { Args = [otherFirst, otherSecond] })));

    [Fact]
    public void A_command_is_not_an_argument() =>
        Assert.NotEqual(
            SettingsFingerprint.Of(Run(run => run with { Command = ["x"] })),
            SettingsFingerprint.Of(Run(run => run with { Args = ["x"] })));

    [Fact]
    public void Neither_order_nor_spelling_counts()
    {
        var reordered = Run(run => run with
        {
            Env = run.Env.Reverse().ToDictionary(),
            Files = run.Files.Reverse().ToDictionary(),
            Cpu = Quantity.Parse("0.10"),
            Memory = Quantity.Parse("131072Ki"),
        });

        Assert.Equal(SettingsFingerprint.Of(Plain), SettingsFingerprint.Of(reordered));
    }

    [Fact]
    public void It_stays_the_same_from_version_to_version()
    {
        // A change of this value makes every deployment look changed after an upgrade, and holds it in a freeze.
        Assert.Equal("fda6f6c297ac89cb501a8b5e4b66b5f22ade028ec8b63e41788dfa65e2b38cea", SettingsFingerprint.Of(Plain).Value);
    }

    private static EnvironmentSpec Run(Func<RunSpec, RunSpec> change) => Plain with { Run = change(Plain.Run) };
}
