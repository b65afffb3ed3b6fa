using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Storage;

/// <summary>Which (repository, environment) this engine serves: the repository is connected, and the environment stands in <c>engine.yaml</c>.</summary>
internal sealed class ServedKeys(RepositoryStore repositories, EngineConfiguration configuration)
{
    public IReadOnlyList<WorkKey> All => [.. repositories.Current.SelectMany(repository => Of(repository.Id))];

    public IEnumerable<WorkKey> Of(RepositoryId repository) => configuration.Environments.Select(environment => new WorkKey(repository, environment.Name));

    /// <returns>For people; none when it is served.</returns>
    public string? WhyNot(WorkKey key)
    {
        if (repositories.Find(key.Repository) is null)
            return "no longer connected";
        return configuration.Environments.Any(environment => environment.Name == key.Environment) ? null : "its environment is no longer in engine.yaml";
    }
}
