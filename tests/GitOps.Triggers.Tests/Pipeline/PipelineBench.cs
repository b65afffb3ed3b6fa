using System.Threading.Channels;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Intake;
using GitOps.Triggers.Storage;
using GitOps.Triggers.Tests.Support;
using k8s.Models;
using Microsoft.Extensions.Time.Testing;

namespace GitOps.Triggers.Tests.Pipeline;

/// <summary>A <see cref="PassBench"/> for stories of pushes: dev and prod, any number of triggers, and a target that starts nothing.</summary>
internal sealed class PipelineBench : IAsyncDisposable
{
    private readonly Channel<bool> marks = Channel.CreateUnbounded<bool>();
    private readonly PassBench bench;

    private PipelineBench(PassBench bench, KeepingTarget target) => (this.bench, Target) = (bench, target);

    public FakeTimeProvider Time => bench.Time;

    public EventHub Events => bench.Get<EventHub>();

    public GitRepository Git => bench.Repository;

    public ScriptedBuilder Builder => bench.Builder;

    public KeepingTarget Target { get; }

    public PauseStore Pauses => bench.Get<PauseStore>();

    public static async Task<PipelineBench> StartAsync(Gates? gates = null)
    {
        var target = new KeepingTarget();
        var prod = PassBench.Environment("prod", "dev", "prod") with { Gates = gates ?? new Gates() };
        return new PipelineBench(await PassBench.CreateEmptyAsync(target, "nightly", PassBench.Environment("dev"), prod), target);
    }

    /// <summary>The files of a trigger in a folder of its name; one script makes one set of inputs.</summary>
    public void Write(string trigger, string script = "echo hello", string schedule = "0 5 * * *")
    {
        Git.Write($"{trigger}/Dockerfile", "FROM scratch\nCOPY job.sh /job.sh\nUSER 65532:65532\nENTRYPOINT [\"/job.sh\"]\n");
        Git.Write($"{trigger}/job.sh", script + "\n");
        Git.Write($"{trigger}/trigger.yaml", $$"""
            apiVersion: triggers.gitops/v1
            kind: ScheduledTrigger
            name: {{trigger}}
            environments:
              dev: { schedule: "{{schedule}}" }
              prod: { schedule: "{{schedule}}" }
            """);
    }

    public TriggerKey Key(string trigger, string environment) => new(bench.Repository.Connected.Id, EnvironmentName.Parse(environment), TriggerName.Parse(trigger));

    public Task<WorkResult> ReconcileAsync(string environment) => bench.PassAsync(environment, marks.Reader);

    /// <summary>A webhook that arrives while a pass runs.</summary>
    public void MarkAgain() => marks.Writer.TryWrite(true);

    /// <summary>Ends when the pass that runs has taken every mark, and would look at git for one more.</summary>
    public Task MarksHeardAsync() => Eventually.HoldsAsync("the pass has heard all marks", () => marks.Reader.Count == 0);

    /// <summary>Puts something in the mirror's place in which git can make no repository.</summary>
    public void BreakMirror()
    {
        var mirror = Path.Combine(bench.Get<EngineConfiguration>().DataFolder, "mirrors", bench.Repository.Connected.Id.Value + ".git");
        Directory.Delete(mirror, recursive: true);
        File.WriteAllText(mirror, "");
    }

    public V1CronJob Applied(string trigger, string environment) =>
        Target.Find(Key(trigger, environment)) ?? throw new InvalidOperationException($"Nothing is applied of {trigger} in {environment}.");

    public string Image(string trigger, string environment) => Applied(trigger, environment).Spec.JobTemplate.Spec.Template.Spec.Containers[0].Image;

    public async Task<TriggerStatus> StatusAsync(string trigger, string environment) =>
        (await StatusesAsync()).Single(status => status.Key == Key(trigger, environment));

    public Task<IReadOnlyList<TriggerStatus>> StatusesAsync() => bench.Get<StatusStore>().StatusesAsync(bench.Repository.Connected.Id, Ct);

    public async Task<PassRecord> PassAsync(string environment) =>
        (await bench.Get<StatusStore>().PassesAsync(Ct)).Single(pass => pass.Environment.Value == environment);

    public async Task<IReadOnlyList<DeploymentKind>> KindsAsync(string environment) =>
        [.. (await bench.Get<DeploymentStore>().HistoryAsync(Key("any", environment).Work, Ct)).Select(deployment => deployment.Kind)];

    public async Task<IReadOnlyList<BuildState>> BuildsAsync() =>
        [.. (await bench.Get<BuildStore>().ListAsync(null, null, 100, Ct)).Select(build => build.State)];

    /// <summary>Records that what runs there now ran well once.</summary>
    public async Task RanWellAsync(string trigger, string environment)
    {
        var release = (await bench.Get<DeploymentStore>().HistoryAsync(Key(trigger, environment).Work, Ct)).First(one => one.Trigger.Value == trigger);
        await using var context = bench.Get<Database>().CreateDbContext();
        context.Runs.Add(new RunRecord
        {
            Id = RunId.Parse($"{trigger}-1"),
            Key = release.Key,
            Origin = RunOrigin.OnDemand,
            ScheduledFor = Time.GetUtcNow(),
            State = RunState.Succeeded,
            Commit = release.Commit,
            Image = release.Image,
        });
        await context.SaveChangesAsync(Ct);
    }

    public ValueTask DisposeAsync() => bench.DisposeAsync();

    private static CancellationToken Ct => PassBench.Cancelled;
}
