using GitOps.Triggers.Domain;
using GitOps.Triggers.Intake;
using GitOps.Triggers.Storage;

namespace GitOps.Triggers.Web;

/// <summary>Repositories with what the last passes made of them.</summary>
internal sealed class RepositoryViews(RepositoryStore repositories, StatusStore statuses, WorkStore work, RemoteProblems problems, EngineConfiguration configuration, TimeProvider time)
{
    public async Task<IReadOnlyList<RepositoryView>> AllAsync(CancellationToken ct)
    {
        var passes = (await statuses.PassesAsync(ct)).ToDictionary(pass => pass.Key);
        var now = time.GetUtcNow();
        var due = (await work.ListAsync(ct)).Where(item => item.DueAt <= now).Select(item => item.Key).ToHashSet();
        return [.. repositories.Current.Select(repository => View(repository, passes, due))];
    }

    public async Task<RepositoryView> OneAsync(ConnectedRepository repository, CancellationToken ct) =>
        (await AllAsync(ct)).Single(view => view.Id == repository.Id.Value);

    private RepositoryView View(ConnectedRepository repository, Dictionary<WorkKey, PassRecord> passes, HashSet<WorkKey> due) => new()
    {
        Id = repository.Id.Value,
        Name = repository.Name,
        Url = repository.Url.Value,
        Configured = repository.Configured,
        Problem = problems.Of(repository.Id)?.Reason,
        ProblemSince = problems.Of(repository.Id)?.Since,
        Passes = [.. configuration.Environments.Select(environment =>
        {
            var key = new WorkKey(repository.Id, environment.Name);
            return Views.Of(environment, passes.GetValueOrDefault(key), due.Contains(key));
        })],
    };
}
