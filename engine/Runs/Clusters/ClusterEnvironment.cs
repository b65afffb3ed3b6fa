using GitOps.Triggers.Clusters;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Rendering;
using GitOps.Triggers.Storage;

namespace GitOps.Triggers.Runs;

/// <summary>An environment on a cluster whose runs are followed.</summary>
internal sealed class ClusterEnvironment(EnvironmentDefinition definition, Cluster cluster, RepositoryStore repositories, TimeProvider time)
{
    public EnvironmentName Name => definition.Name;

    public Cluster Cluster => cluster;

    public ClusterView View { get; } = new(time);

    public IReadOnlyCollection<string> Spaces => [.. Repositories.Select(one => TargetNamespace.Of(definition, one)).Distinct()];

    /// <summary>Where the runs of a repository are. What claims to be one of them elsewhere is not believed: whoever may make Jobs there could open its gates.</summary>
    /// <returns>None when the repository was never connected.</returns>
    public string? SpaceOf(RepositoryId id) => Repositories.FirstOrDefault(one => one.Id == id) is { } repository ? TargetNamespace.Of(definition, repository) : null;

    public bool IsOurs(JobSeen job) => job.Key.Environment == Name && job.Space == SpaceOf(job.Key.Repository);

    private IEnumerable<Repository> Repositories => repositories.Current.Select(one => one.Repository).Concat(repositories.Retired.Select(one => one.Repository));
}
