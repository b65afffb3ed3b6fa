using GitOps.Triggers.Web;

namespace GitOps.Triggers.Cli;

/// <summary>What <c>status</c> shows: the triggers, and the repositories that they come from with the last pass of each environment.</summary>
internal sealed record StatusReport(IReadOnlyList<TriggerView> Triggers, IReadOnlyList<RepositoryView> Repositories)
{
    public bool IsEmpty => Triggers.Count == 0 && Repositories.All(repository => repository.Passes.Count == 0);

    /// <summary>Passes that no trigger's row tells of: not looked at yet, no such branch, nothing readable on it.</summary>
    public IEnumerable<(RepositoryView Repository, PassView Pass)> PassesWithoutTriggers =>
        from repository in Repositories
        from pass in repository.Passes
        where !Triggers.Any(trigger => trigger.Repository == repository.Name && trigger.Environment == pass.Environment)
        select (repository, pass);

    public static async Task<StatusReport> ReadAsync(EngineClient engine, TriggerFilter filter, CancellationToken ct)
    {
        // Filtered by trigger, only the repositories that have it say something about it.
        var triggers = await engine.TriggersAsync(filter, ct);
        var repositories = await engine.RepositoriesAsync(ct);
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
