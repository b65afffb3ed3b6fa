using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Planning;

/// <summary>What becomes of a trigger that runs, or may stand somewhere, and that the branch no longer asks for, as if every gate were open.</summary>
internal static class Departures
{
    public static IEnumerable<PlanItem> Plan(PlanningInput input, DeployedReleases deployed)
    {
        var asked = input.Candidates.Select(candidate => candidate.Name).ToHashSet();
        var leftovers = input.Complete ? input.Standing.Where(trigger => !asked.Contains(trigger) && deployed.Current(trigger) is null) : [];
        return deployed.AllCurrent.Where(current => !asked.Contains(current.Key.Trigger)).Select(current => Plan(input, current))
            .Concat(leftovers.Select(trigger => new PlanItem.Clear(trigger)));
    }

    /// <summary>An empty branch is more often an accident than a wish: nothing is deleted then.</summary>
    private static PlanItem Plan(PlanningInput input, DeploymentRecord current)
    {
        if (!input.Complete)
            return new PlanItem.Hold(current.Key.Trigger, $"whether it left the branch '{input.Environment.Branch}' cannot be told while something there cannot be read", null, current);
        if (input.Commit is null)
            return new PlanItem.Suspend(current, $"the branch '{input.Environment.Branch}' no longer exists");
        return input.Declared.Count == 0
            ? new PlanItem.Suspend(current, $"the branch '{input.Environment.Branch}' no longer holds any trigger.yaml")
            : new PlanItem.Prune(current);
    }
}
