using GitOps.Triggers.Domain;
using GitOps.Triggers.Storage;

namespace GitOps.Triggers.Web;

/// <summary>Names in a query string as the values that the stores ask for. A name that nothing has matches nothing.</summary>
internal sealed record Query(RepositoryId? Repository, EnvironmentName? Environment, TriggerName? Trigger, int Limit)
{
    private const int Most = 1000;

    /// <exception cref="ProblemException">There is no such name.</exception>
    public static Query Read(RepositoryStore repositories, string? repository, string? environment, string? trigger, int? limit) => new(
        repository is null ? null : Find(repositories, repository).Id,
        environment is null ? null : EnvironmentName.TryParse(environment, out var name) ? name : throw NoName("environment", environment),
        trigger is null ? null : TriggerName.TryParse(trigger, out var parsed) ? parsed : throw NoName("trigger", trigger),
        Math.Clamp(limit ?? 20, 1, Most));

    public static ConnectedRepository Find(RepositoryStore repositories, string name) =>
        repositories.Current.SingleOrDefault(repository => repository.Name == name) ?? throw NotConnected(repositories, name);

    public static ProblemException NotConnected(RepositoryStore repositories, string name) => ProblemException.NotFound(
        $"No repository called '{Shown.Text(name)}' is connected.",
        repositories.Current.Count == 0 ? "Connect one with 'gitops-triggers connect URL'." : $"Connected are {string.Join(", ", repositories.Current.Select(one => one.Name))}.");

    private static ProblemException NoName(string what, string name) =>
        ProblemException.NotFound($"'{Shown.Text(name)}' is not the name of a {what}.", "See 'gitops-triggers status' for what there is.");
}
