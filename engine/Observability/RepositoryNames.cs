using System.Collections.Concurrent;
using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Observability;

/// <summary>Names of the connected repositories, for labels and the event log, where people read them.</summary>
internal sealed class RepositoryNames
{
    private readonly ConcurrentDictionary<RepositoryId, string> names = new();

    public void Know(Repository repository) => names[repository.Id] = repository.Name;

    public string Of(RepositoryId id) => names.GetValueOrDefault(id, id.Value);
}
