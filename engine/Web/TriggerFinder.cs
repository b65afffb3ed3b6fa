using GitOps.Triggers.Domain;
using GitOps.Triggers.Storage;

namespace GitOps.Triggers.Web;

/// <summary>Finds the one trigger that a person means: its environment and repository may be left out where there is no doubt.</summary>
internal sealed class TriggerFinder(FleetQuery fleet)
{
    /// <summary>Every filter may be left out; a name that matches nothing gives an empty list.</summary>
    public async Task<IReadOnlyList<FleetRow>> FilterAsync(string? repository, string? environment, string? trigger, CancellationToken ct) =>
        [.. (await fleet.ReadAsync(ct)).Where(row => Matches(row, repository, environment, trigger))];

    /// <exception cref="ProblemException">None or several match.</exception>
    public async Task<FleetRow> OneAsync(string? repository, string? environment, string trigger, CancellationToken ct)
    {
        var rows = await fleet.ReadAsync(ct);
        var found = rows.Where(row => Matches(row, repository, environment, trigger)).ToList();
        return found switch
        {
            [var one] => one,
            [] => throw Unknown(rows, repository, environment, trigger),
            _ => throw Ambiguous(found, trigger),
        };
    }

    private static bool Matches(FleetRow row, string? repository, string? environment, string? trigger) =>
        (repository is null || row.RepositoryName == repository)
        && (environment is null || row.Key.Environment.Value == environment)
        && (trigger is null || row.Key.Trigger.Value == trigger);

    private static ProblemException Unknown(IReadOnlyList<FleetRow> rows, string? repository, string? environment, string trigger)
    {
        var wanted = $"{Shown.Text(trigger)}{(environment is null ? "" : " in " + Shown.Text(environment))}{(repository is null ? "" : " of " + Shown.Text(repository))}";
        var sameName = rows.Where(row => row.Key.Trigger.Value == trigger).Select(Name).ToList();
        return ProblemException.NotFound(
            $"There is no trigger {wanted}.",
            sameName.Count > 0 ? $"There is {string.Join(", ", sameName)}." : "See 'gitops-triggers status' for what there is.");
    }

    private static ProblemException Ambiguous(IReadOnlyList<FleetRow> found, string trigger) => ProblemException.Conflict(
        $"Several triggers are called {Shown.Text(trigger)}: {string.Join(", ", found.Select(Name))}.",
        found.Select(row => row.RepositoryName).Distinct().Count() > 1 ? "Add --repository and --environment." : "Add --environment.");

    private static string Name(FleetRow row) => $"{row.Key.Trigger} in {row.Key.Environment} of {row.RepositoryName}";
}
