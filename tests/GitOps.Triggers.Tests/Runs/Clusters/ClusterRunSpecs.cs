using System.Globalization;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Runs;
using GitOps.Triggers.Tests.Support;
using k8s;
using k8s.Models;
using Xunit;

namespace GitOps.Triggers.Tests.Runs.Clusters;

/// <summary>Folders of a Job and its pods, most of them as a real cluster showed them, and what is expected of the run's record; an empty value: none.</summary>
public class ClusterRunSpecs
{
    private static readonly string Folder = Source.File("tests", "GitOps.Triggers.Tests", "Runs", "Clusters", "cases");

    public static TheoryData<string> Cases => [.. Directory.GetDirectories(Folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_run_is_read_from_its_job_and_pods(string name)
    {
        var run = ClusterRun.Of(Job(name), Pods(name));

        foreach (var (field, expected) in Expected(name))
        {
            if (field == "message" && expected.Length > 0)
                Assert.Contains(expected, run.Message, StringComparison.Ordinal);
            else
                Assert.Equal((field, expected), (field, Text(run, field)));
        }
        Assert.Equal("github-42/prod/report", run.Key.ToString());
        Assert.Equal(new string('3', 40), run.Commit.Value);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void What_is_said_of_a_run_is_one_readable_sentence_or_more(string name)
    {
        if (ClusterRun.Of(Job(name), Pods(name)).Message is { } message)
            Assert.Matches(@"^[A-Z][^\n]*\.$", message);
    }

    [Fact]
    public void A_job_without_the_engines_labels_is_no_run()
    {
        var job = KubernetesYaml.Deserialize<V1Job>(Read("running", "job.yaml"));
        job.Metadata.Labels.Remove("triggers.gitops/trigger");

        Assert.Null(JobSeen.Read(job));
    }

    [Fact]
    public void A_pod_that_is_taken_away_keeps_what_it_waited_for()
    {
        var waiting = Pods("secret-missing").Single();
        var leaving = Pods("container-being-made").Single();

        Assert.Contains("secret \"mail\" not found", leaving.After(waiting).Reason!.Message, StringComparison.Ordinal);
        var killed = leaving with { Ended = true, Reason = new PodReason(RunReasons.Lost, "How it ended is not known.") };
        Assert.Contains("secret \"mail\" not found", killed.After(waiting).Reason!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_end_is_settled_when_the_ends_of_all_pods_are_known()
    {
        var job = Job("failed-at-both-attempts");

        Assert.False(ClusterRun.IsSettled(job, [.. Pods("failed-at-both-attempts").Take(1)]));
        Assert.True(ClusterRun.IsSettled(job, Pods("failed-at-both-attempts")));
    }

    private static JobSeen Job(string name) => JobSeen.Read(KubernetesYaml.Deserialize<V1Job>(Read(name, "job.yaml")))!;

    private static List<PodSeen> Pods(string name) =>
        [.. KubernetesYaml.LoadAllFromString(Read(name, "pods.yaml")).Cast<V1Pod>().Select(pod => PodSeen.Read(pod)!)];

    private static Dictionary<string, string> Expected(string name) => KubernetesYaml.Deserialize<Dictionary<string, string>>(Read(name, "expected.yaml"));

    private static string Read(string name, string file) => File.ReadAllText(Path.Combine(Folder, name, file));

    private static string Text(RunRecord run, string field) => field switch
    {
        "state" => run.State.ToString(),
        "origin" => run.Origin.ToString(),
        "scheduledFor" => Time(run.ScheduledFor),
        "startedAt" => Time(run.StartedAt),
        "finishedAt" => Time(run.FinishedAt),
        "attempt" => run.Attempt.ToString(CultureInfo.InvariantCulture),
        "exitCode" => run.ExitCode?.ToString(CultureInfo.InvariantCulture) ?? "",
        "reason" => run.Reason ?? "",
        "node" => run.Node ?? "",
        "message" => run.Message ?? "",
        _ => throw new ArgumentException($"No such field: {field}"),
    };

    private static string Time(DateTimeOffset? time) => time?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "";
}
