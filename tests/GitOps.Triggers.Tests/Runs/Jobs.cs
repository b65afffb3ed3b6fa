using GitOps.Triggers.Domain;
using GitOps.Triggers.Rendering;
using k8s.Models;

namespace GitOps.Triggers.Tests.Runs;

/// <summary>CronJobs as the engine renders them, from the little that a test is about.</summary>
internal static class Jobs
{
    public static readonly CommitSha Commit = CommitSha.Parse(new string('c', 40));
    public static readonly ImageReference NoImage = ImageReference.Parse("sha256:" + new string('0', 64));

    public static readonly Repository Repository = new()
    {
        Id = RepositoryId.Parse("git-0123456789abcdef"),
        Name = "billing",
        Url = RepositoryUrl.Parse("file:///srv/git/billing.git"),
    };

    public static readonly EnvironmentDefinition Dev = new()
    {
        Name = EnvironmentName.Parse("dev"),
        Branch = BranchName.Parse("main"),
        Target = new TargetSettings.Local(),
    };

    public static TriggerKey Key(string name) => new(Repository.Id, Dev.Name, TriggerName.Parse(name));

    public static V1CronJob Render(string name, ImageReference image, RunSpec? run = null, string? schedule = null, string zone = "Etc/UTC") => CronJobRenderer.Render(new RenderInput
    {
        Repository = Repository,
        Environment = Dev,
        Image = image,
        InputHash = InputHash.Parse(new string('a', 64)),
        Commit = Commit,
        Manifest = new TriggerManifest
        {
            File = "trigger.yaml",
            Name = TriggerName.Parse(name),
            Build = new BuildSpec { Context = "", Dockerfile = "Dockerfile" },
            Environments = new Dictionary<EnvironmentName, EnvironmentSpec>
            {
                [Dev.Name] = new() { Run = run ?? new RunSpec(), Schedule = schedule is null ? null : CronSchedule.Parse(schedule, zone) },
            },
        },
    });

    /// <summary>Runs a shell script, with generous limits.</summary>
    public static RunSpec Shell(string script) => new() { Command = ["/bin/sh", "-c"], Args = [script], Memory = Quantity.Parse("64Mi"), Timeout = TimeSpan.FromMinutes(2) };
}
