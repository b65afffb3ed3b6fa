using GitOps.Triggers.Clusters;
using GitOps.Triggers.Deployment;
using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Runs;

/// <summary>An environment on a cluster whose runs are followed.</summary>
internal sealed class FollowedEnvironment
{
    private readonly KubernetesEnvironment environment;

    public FollowedEnvironment(KubernetesEnvironment environment, TimeProvider time)
    {
        this.environment = environment;
        View = new ClusterView(time);
        Feed.CronJobs += View.See;
        Feed.Jobs += View.See;
        Feed.Pods += View.See;
        Feed.Lost += View.Lost;
    }

    public EnvironmentName Name => environment.Name;

    public Cluster Cluster => environment.Cluster;

    public ClusterFeed Feed => environment.Feed;

    public ClusterView View { get; }

    /// <summary>Where the runs of a repository are. What claims to be one of them elsewhere is not believed: whoever may make Jobs or CronJobs there could open its gates.</summary>
    /// <returns>None when the repository was never connected.</returns>
    public string? SpaceOf(RepositoryId id) => environment.SpaceOf(id);

    /// <returns>None when it is not where it belongs.</returns>
    public CronJobSeen? CronJob(TriggerKey key) => SpaceOf(key.Repository) is { } space ? View.CronJob(space, key) : null;

    public bool IsOurs(JobSeen job) => job.Key.Environment == Name && job.Space == SpaceOf(job.Key.Repository);
}
