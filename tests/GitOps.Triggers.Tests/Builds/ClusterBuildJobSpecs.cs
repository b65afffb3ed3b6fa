using System.Text.Json;
using GitOps.Triggers.Builds;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Rendering;
using GitOps.Triggers.Tests.Support;
using k8s;
using k8s.Models;
using Xunit;

namespace GitOps.Triggers.Tests.Builds;

public sealed class ClusterBuildJobSpecs
{
    private static readonly ClusterBuild Plain = new()
    {
        Request = new BuildRequest
        {
            Inputs = new BuildInputs
            {
                Hash = InputHash.Parse(new string('a', 64)),
                Commit = CommitSha.Parse(new string('c', 40)),
                Spec = new BuildSpec { Context = "jobs", Dockerfile = "jobs/Dockerfile", Args = new Dictionary<string, string> { ["FLAGS"] = "$(HOME) $$x" } },
                FileCount = 1,
            },
            Repository = new Repository { Id = RepositoryId.Parse("github-1"), Name = "reports", Url = RepositoryUrl.Parse("https://example.com/reports.git") },
            Trigger = TriggerName.Parse("nightly"),
            ContextFolder = "/contexts/1",
            DockerfilePath = "/contexts/1/Dockerfile",
        },
        Settings = new ClusterBuilderSettings { EngineUrl = new Uri("https://triggers.example.com/") },
        Registry = new RegistrySettings { Prefix = "registry.example.com/triggers" },
        KanikoImage = "gcr.io/kaniko-project/executor:v1.24.0",
        Limits = new Limits(),
        ContextHash = new string('d', 64),
    };

    public static TheoryData<string> Cases => ["plain", "credentials", "http-cache"];

    /// <summary>With <c>UPDATE_FIXTURES=1</c> it writes what it got there instead of comparing, and the change is reviewed as a diff.</summary>
    [Theory, MemberData(nameof(Cases))]
    public void A_build_becomes_the_Job_beside_it(string name)
    {
        var file = Source.File("tests", "GitOps.Triggers.Tests", "Builds", "cluster", name + ".yaml");

        var actual = Yaml(Render(Build(name)));

        if (Environment.GetEnvironmentVariable("UPDATE_FIXTURES") == "1")
            File.WriteAllText(file, actual);
        Assert.Equal(File.ReadAllText(file), actual);
    }

    [Theory, MemberData(nameof(Cases))]
    public void What_runs_a_repositorys_steps_has_neither_the_push_credentials_nor_the_contexts_token(string name)
    {
        var pod = Render(Build(name)).Spec.Template.Spec;

        var build = Assert.Single(pod.InitContainers.Concat(pod.Containers), one => one.Name == BuildContainer.Name);
        var mounted = pod.Volumes.Where(volume => build.VolumeMounts.Any(mount => mount.Name == volume.Name));
        Assert.DoesNotContain(mounted, volume => volume.Secret is not null);
        Assert.Null(build.Env);
        Assert.False(pod.AutomountServiceAccountToken);
    }

    [Fact]
    public void The_same_build_has_the_same_name_and_what_differs_in_anything_another()
    {
        ClusterBuild[] others =
        [
            Plain with { Request = Plain.Request with { Trigger = TriggerName.Parse("weekly") } },
            Plain with { Request = Plain.Request with { Platform = "linux/arm64" } },
            Plain with { Registry = Plain.Registry with { Prefix = "registry.example.com/others" } },
            Plain with { Settings = Plain.Settings with { PushSecret = "push" } },
            Plain with { Limits = Plain.Limits with { BuildMemory = "4g" } },
            Plain with { KanikoImage = "gcr.io/kaniko-project/executor:v1.25.0" },
            Plain with { ContextHash = new string('e', 64) },
        ];

        Assert.Equal(Plain.Name, (Plain with { Limits = Plain.Limits with { ParallelBuilds = 7 } }).Name);
        Assert.Equal(others.Length + 1, others.Append(Plain).Select(one => one.Name).Distinct().Count());
        Assert.True(Plain.Name.Length <= 63);
    }

    private static ClusterBuild Build(string name) => name switch
    {
        "credentials" => Plain with { Settings = Plain.Settings with { PushSecret = "push" } },
        "http-cache" => Plain with
        {
            Registry = Plain.Registry with { PlainHttp = true },
            Settings = Plain.Settings with { Cache = "registry.example.com/cache" },
            Request = Plain.Request with { DockerfilePath = "/contexts/Dockerfile", DockerignorePath = "/contexts/Dockerfile.dockerignore" },
        },
        _ => Plain,
    };

    private static V1Job Render(ClusterBuild build) => ClusterBuildJob.Render(build, build.Name + "-0011aabb");

    private static string Yaml(V1Job job)
    {
        using var document = JsonDocument.Parse(KubernetesJson.Serialize(job));
        return YamlPrinter.Print(document.RootElement);
    }
}
