using System.Diagnostics;
using GitOps.Triggers.Clusters;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Rendering;
using k8s;
using k8s.Models;

namespace GitOps.Triggers.Benchmarks;

/// <summary>The physical limit: what nobody can do without who has a commit here and wants a CronJob there. One <c>git fetch</c> and one server-side apply.</summary>
internal sealed class BareWork(ISite site, SourceRepository source, string mirror, V1CronJob cronJob)
{
    public static async Task<BareWork> CreateAsync(ISite site, SourceRepository source, string mirror, string space)
    {
        await CliWrap.Cli.Wrap("git").WithArguments(["init", "--quiet", "--bare", mirror]).ExecuteAsync();
        await site.Client.CoreV1.CreateNamespaceAsync(new V1Namespace { Metadata = new V1ObjectMeta { Name = space } });
        var environment = new EnvironmentDefinition
        {
            Name = EnvironmentName.Parse("dev"),
            Branch = BranchName.Parse("main"),
            Target = new TargetSettings.Kubernetes { Namespace = space },
        };
        return new BareWork(site, source, mirror, Render(source, environment));
    }

    public async Task FetchAsync() => await CliWrap.Cli.Wrap("git")
        .WithArguments(["--git-dir", mirror, "fetch", "--quiet", "--no-tags", "--no-write-fetch-head", source.Url.Value, "+refs/heads/*:refs/heads/*"]).ExecuteAsync();

    public Task ApplyAsync(string schedule)
    {
        cronJob.Spec.Schedule = schedule;
        var patch = new V1Patch(KubernetesJson.Serialize(cronJob), V1Patch.PatchType.ApplyPatch);
        return site.Client.BatchV1.PatchNamespacedCronJobAsync(patch, cronJob.Metadata.Name, cronJob.Metadata.NamespaceProperty, fieldManager: "bare", fieldValidation: ApplyOptions.FieldValidation, force: true);
    }

    /// <summary>Both, one after the other.</summary>
    public async Task<(TimeSpan Fetch, TimeSpan Apply)> MeasureAsync(string schedule)
    {
        source.Schedule(schedule);
        var begun = Stopwatch.GetTimestamp();
        await FetchAsync();
        var fetched = Stopwatch.GetTimestamp();
        await ApplyAsync(schedule);
        return (Stopwatch.GetElapsedTime(begun, fetched), Stopwatch.GetElapsedTime(fetched));
    }

    /// <summary>The very object that the engine would apply.</summary>
    private static V1CronJob Render(SourceRepository source, EnvironmentDefinition environment) => CronJobRenderer.Render(new RenderInput
    {
        Repository = new Repository { Id = source.Id, Name = source.Name, Url = source.Url },
        Environment = environment,
        Image = ImageReference.Parse($"registry.example.com/jobs@sha256:{new string('0', 64)}"),
        InputHash = InputHash.Parse(new string('a', 64)),
        Commit = CommitSha.Parse(new string('c', 40)),
        Manifest = new TriggerManifest
        {
            File = "trigger.yaml",
            Name = source.Triggers[0],
            Build = new BuildSpec { Context = "", Dockerfile = "Dockerfile" },
            Environments = new Dictionary<EnvironmentName, EnvironmentSpec>
            {
                [environment.Name] = new() { Run = new RunSpec(), Schedule = CronSchedule.Parse("0 9 * * *", "Europe/Oslo") },
            },
        },
    });
}
