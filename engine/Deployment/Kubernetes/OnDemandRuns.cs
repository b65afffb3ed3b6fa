using GitOps.Triggers.Clusters;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Rendering;
using GitOps.Triggers.Storage;
using k8s;
using k8s.Models;

namespace GitOps.Triggers.Deployment;

/// <summary>Starts runs on a cluster when somebody asks for one. Recorded first, so that a run is known whatever becomes of its Job.</summary>
internal sealed class OnDemandRuns(RunStore runs, EventHub events, TimeProvider time)
{
    /// <exception cref="ClusterException">The CronJob could not be read.</exception>
    public async Task<StageResult<RunRecord>> StartAsync(Cluster cluster, TriggerKey key, V1CronJob released, IReadOnlyList<string>? args, CancellationToken ct)
    {
        var what = ResourceKinds.CronJob.Describe(released);
        var cronJob = await cluster.FindAsync($"read {what}", client => ResourceKinds.CronJob.Read(client, released, ct), ct);
        if (cronJob is null || !OwnershipLabels.Match(OwnershipLabels.Of(key), cronJob.Metadata.Labels))
            return new StageResult<RunRecord>.Rejected([TargetFindings.NotDeployed(key)]);
        var rules = CronJobRules.Read(cronJob);
        var run = new RunRecord
        {
            Id = RunNames.OnDemand(cronJob.Metadata.Name),
            Key = key,
            Origin = RunOrigin.OnDemand,
            ScheduledFor = time.GetUtcNow(),
            State = RunState.Pending,
            Commit = rules.Commit,
            Image = rules.Image,
            Args = args,
        };
        await RecordAsync(run, ct);
        try
        {
            await CreateAsync(cluster, OnDemandJob.Of(cronJob, run), ct);
            return new StageResult<RunRecord>.Done(run);
        }
        catch (ClusterException failure)
        {
            await RecordAsync(run with { State = RunState.Failed, FinishedAt = time.GetUtcNow(), Reason = RunReasons.NotStarted, Message = Shown.Text(failure.Message, 400) }, ct);
            return TargetFailures.Of<RunRecord>(key, failure);
        }
    }

    private async Task RecordAsync(RunRecord run, CancellationToken ct)
    {
        // The watch of the Jobs may have recorded it further on already, and then has told of it.
        if (await runs.RecordAsync(run, ct))
            events.Publish(new EngineEvent.RunChanged(run));
    }

    private static async Task CreateAsync(Cluster cluster, V1Job job, CancellationToken ct)
    {
        var (name, space) = (job.Metadata.Name, job.Metadata.NamespaceProperty);
        try
        {
            await cluster.CallAsync($"create the Job {name} in {space}", client => client.BatchV1.CreateNamespacedJobAsync(job, space, fieldManager: ApplyOptions.FieldManager, cancellationToken: ct), ct);
        }
        catch (ClusterException exists) when (exists.Kind == ClusterFailureKind.Conflict)
        {
            // An answer was lost and the request sent again: the name's letters are this run's alone.
            await cluster.CallAsync($"read the Job {name} in {space}", client => client.BatchV1.ReadNamespacedJobAsync(name, space, cancellationToken: ct), ct);
        }
    }
}
