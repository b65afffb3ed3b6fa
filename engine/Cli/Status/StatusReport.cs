using GitOps.Triggers.Web;

namespace GitOps.Triggers.Cli;

/// <summary>What <c>status</c> shows: the triggers, and the repositories that they come from with the last pass of each environment.</summary>
internal sealed record StatusReport(IReadOnlyList<TriggerView> Triggers, IReadOnlyList<RepositoryView> Repositories)
{
    public bool IsEmpty => Triggers.Count == 0 && Repositories.All(repository => repository.Passes.Count == 0);

    public IEnumerable<(RepositoryView Repository, PassView Pass)> Passes =>
        Repositories.SelectMany(repository => repository.Passes.Select(pass => (repository, pass)));

    /// <summary>Passes that no trigger's row tells of: not looked at yet, no such branch, nothing readable on it.</summary>
    public IEnumerable<(RepositoryView Repository, PassView Pass)> PassesWithoutTriggers =>
        Passes.Where(one => !Triggers.Any(trigger => trigger.Repository == one.Repository.Name && trigger.Environment == one.Pass.Environment));

    public static async Task<StatusReport> ReadAsync(EngineClient engine, TriggerFilter filter, CancellationToken ct)
    {
        // Passes first: a pass that ends between the two questions must not be shown beside what its triggers were before it.
        var repositories = await engine.RepositoriesAsync(ct);
        var triggers = await engine.TriggersAsync(filter, ct);
        // Filtered by trigger, only the repositories that have it say something about it.
        return new StatusReport(triggers, [.. repositories.Select(repository => Only(repository, filter, triggers)).OfType<RepositoryView>()]);
    }

    private static RepositoryView? Only(RepositoryView repository, TriggerFilter filter, IReadOnlyList<TriggerView> triggers)
    {
        if (filter.Repository is not null && filter.Repository != repository.Name)
            return null;
        var own = triggers.Where(trigger => trigger.Repository == repository.Name).Select(trigger => trigger.Environment).ToHashSet();
        var passes = repository.Passes.Where(pass =>
            (filter.Environment is null || filter.Environment == pass.Environment) && (filter.Trigger is null || own.Contains(pass.Environment)));
        var shown = repository with { Passes = [.. passes] };
        return shown.Passes.Count == 0 && filter.Trigger is not null ? null : shown;
    }
}
