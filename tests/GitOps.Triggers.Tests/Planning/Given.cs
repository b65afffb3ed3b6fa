using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using GitOps.Triggers.Domain;
using Xunit;

namespace GitOps.Triggers.Tests.Planning;

/// <summary>
/// Planning's inputs in few words. A release is written as a digit and a letter: <c>1a</c> is inputs (and image) 1 under settings a;
/// a history is written newest first, and <c>!</c> marks a deployment that was taken down.
/// </summary>
internal static class Given
{
    /// <summary>A Wednesday.</summary>
    public static readonly DateTimeOffset Now = new(2026, 3, 4, 12, 0, 0, TimeSpan.Zero);

    public static readonly RepositoryId Repository = RepositoryId.Parse("github-1");

    public static readonly TriggerName Job = TriggerName.Parse("job");

    public static EnvironmentDefinition Dev { get; } = new()
    {
        Name = EnvironmentName.Parse("dev"),
        Branch = BranchName.Parse("main"),
        Target = new TargetSettings.Local(),
    };

    public static EnvironmentDefinition Prod { get; } = new()
    {
        Name = EnvironmentName.Parse("prod"),
        Branch = BranchName.Parse("release"),
        PromotesFrom = Dev.Name,
        Target = new TargetSettings.Local(),
    };

    /// <summary>Nothing asked for, nothing deployed, nothing seen upstream.</summary>
    public static PlanningInput Nothing(EnvironmentDefinition environment) => new()
    {
        Environment = environment,
        Place = Place.ThisMachine,
        Commit = CommitSha.Parse(new string('c', 40)),
        Candidates = [],
        Declared = new HashSet<TriggerName>(),
        Complete = true,
        History = [],
        Standing = new HashSet<TriggerName>(),
        Builds = [],
        Gone = new HashSet<ImageReference>(),
        Rejected = [],
        Upstream = environment.PromotesFrom is null ? null : new UpstreamView { Environment = Dev, Evidence = [], Head = [] },
        Now = Now,
    };

    public static PlanningInput Asking(this PlanningInput input, params IReadOnlyList<TriggerCandidate> candidates) => input with
    {
        Candidates = candidates,
        Declared = candidates.Select(candidate => candidate.Name).ToHashSet(),
    };

    public static PlanningInput Seen(this PlanningInput input, params IReadOnlyList<UpstreamEvidence> evidence) =>
        input with { Upstream = input.Upstream! with { Evidence = evidence } };

    public static TriggerCandidate Candidate(string release, string name = "job") => new(
        new TriggerManifest
        {
            File = $"{name}/trigger.yaml",
            Name = TriggerName.Parse(name),
            Build = Build,
            Environments = new Dictionary<EnvironmentName, EnvironmentSpec> { [Dev.Name] = Settings(release[1]), [Prod.Name] = Settings(release[1]) },
        },
        new BuildInputs { Hash = Hash(release[0]), Commit = CommitSha.Parse(new string('c', 40)), Spec = Build, FileCount = 1 });

    public static IReadOnlyList<TriggerCandidate> Candidates(string releases, string name = "job") => [.. Words(releases).Select(release => Candidate(release, name))];

    public static IReadOnlyList<DeploymentRecord> History(EnvironmentDefinition environment, string releases, string name = "job") =>
        [.. Words(releases).Select((release, age) => Deployment(environment, release, name, Now.AddDays(-age - 1)))];

    public static DeploymentRecord Deployment(EnvironmentDefinition environment, string release, string name, DateTimeOffset at) => new()
    {
        Key = new TriggerKey(Repository, environment.Name, TriggerName.Parse(name)),
        Commit = CommitSha.Parse(new string('d', 40)),
        Hash = Hash(release[0]),
        Image = Image(release[0]),
        Settings = SettingsFingerprint.Of(Settings(release[1])),
        Kind = DeploymentKind.Built,
        DeployedAt = at,
        Place = Place.ThisMachine,
        Rendered = "",
        PrunedAt = release.EndsWith('!') ? at.AddHours(12) : null,
    };

    public static IReadOnlyList<UpstreamEvidence> Evidence(string inputs, string name = "job") => [.. Words(inputs).Select(input => Evidence(input[0], name))];

    public static UpstreamEvidence Evidence(char inputs, string name = "job") => new()
    {
        Trigger = TriggerName.Parse(name),
        Hash = Hash(inputs),
        Image = Image(inputs),
        FirstDeployedAt = Now.AddHours(-1),
        SuccessfulRuns = 1,
        BuildId = inputs - '0',
    };

    public static IReadOnlyList<BuildRecord> BuiltEarlier(string inputs) => [.. Words(inputs).Select(input => new BuildRecord
    {
        Id = input[0] - '0',
        Repository = Repository,
        Trigger = Job,
        Environment = Dev.Name,
        Hash = Hash(input[0]),
        Commit = CommitSha.Parse(new string('b', 40)),
        State = BuildState.Succeeded,
        Builder = "test",
        StartedAt = Now.AddDays(-9),
        Image = Image(input[0]),
    })];

    /// <summary>Builds of these inputs that failed by their own fault.</summary>
    public static IReadOnlyList<BuildRecord> Refused(string inputs) => [.. BuiltEarlier(inputs).Select(build => build with
    {
        State = BuildState.Rejected,
        Image = null,
        Findings = [new Finding { File = "Dockerfile", Message = "the step failed.", Fix = "Mend it." }],
    })];

    public static FreezeWindow Freeze(string schedule, string duration)
    {
        Assert.True(Duration.TryParse(duration, out var length));
        return new FreezeWindow(CronSchedule.Parse(schedule, "Etc/UTC"), length);
    }

    public static InputHash Hash(char inputs) => InputHash.FromDigest(SHA256.HashData(Encoding.UTF8.GetBytes(inputs.ToString())));

    public static ImageReference Image(char inputs) => ImageReference.Parse($"registry.example/job@sha256:{new string(inputs, 64)}");

    /// <summary>Settings differ in the minute at which they run.</summary>
    public static EnvironmentSpec Settings(char letter) => new()
    {
        Schedule = CronSchedule.Parse(string.Create(CultureInfo.InvariantCulture, $"{letter - 'a'} 9 * * *"), "Etc/UTC"),
        Run = new RunSpec(),
    };

    private static BuildSpec Build => new() { Context = "", Dockerfile = "Dockerfile" };

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
