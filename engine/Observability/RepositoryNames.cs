using GitOps.Triggers.Domain;
using GitOps.Triggers.Storage;

namespace GitOps.Triggers.Observability;

/// <summary>Names of the repositories, for labels and the event log, where people read them.</summary>
internal sealed class RepositoryNames(RepositoryStore repositories)
{
    public string Of(RepositoryId id) => repositories.NameOf(id);
}
