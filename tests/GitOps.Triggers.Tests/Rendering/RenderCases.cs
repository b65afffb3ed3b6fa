using GitOps.Triggers.Domain;
using GitOps.Triggers.Manifests;
using GitOps.Triggers.Rendering;
using GitOps.Triggers.Tests.Support;
using Xunit;

namespace GitOps.Triggers.Tests.Rendering;

/// <summary>
/// Folders of a <c>trigger.yaml</c> and, for each environment that it names, the CronJob that comes of it. The repository is <c>acme/jobs</c>;
/// dev runs on this machine, prod on a cluster.
/// </summary>
internal static class RenderCases
{
    public static readonly Repository Jobs = new()
    {
        Id = RepositoryId.Parse("github-42"),
        Name = "acme/jobs",
        Url = RepositoryUrl.Parse("https://git.example/acme/jobs.git"),
    };

    public static readonly EnvironmentDefinition Dev = new()
    {
        Name = EnvironmentName.Parse("dev"),
        Branch = BranchName.Parse("main"),
        Target = new TargetSettings.Local(),
    };

    public static readonly EnvironmentDefinition Prod = new()
    {
        Name = EnvironmentName.Parse("prod"),
        Branch = BranchName.Parse("prod"),
        PromotesFrom = Dev.Name,
        Target = new TargetSettings.Kubernetes { Namespace = "trg-{repository}-prod" },
    };

    public static string Folder { get; } = Source.File("tests", "GitOps.Triggers.Tests", "Rendering", "cases");

    public static IEnumerable<(string Case, string Environment)> All =>
        from folder in Directory.GetDirectories(Folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)
        from environment in Manifest(folder).Environments.Keys.Order()
        select (folder, environment.Value);

    public static RenderInput Input(string name, string environment) => new()
    {
        Repository = Jobs,
        Environment = environment == "dev" ? Dev : Prod,
        Manifest = Manifest(name),
        Image = ImageReference.Parse($"{(environment == "dev" ? "" : "registry.example.com/triggers/jobs@")}sha256:{new string('1', 64)}"),
        InputHash = InputHash.Parse(new string('2', 64)),
        Commit = CommitSha.Parse(new string('3', 40)),
    };

    private static TriggerManifest Manifest(string name)
    {
        var file = new ManifestFile("trigger.yaml", File.ReadAllBytes(Path.Combine(Folder, name, "trigger.yaml")));
        var reading = ManifestReader.Read(file, new ManifestContext { Repository = Jobs.Id, RepositoryName = Jobs.Name });
        Assert.Empty(reading.Findings);
        return reading.Manifest!;
    }
}
