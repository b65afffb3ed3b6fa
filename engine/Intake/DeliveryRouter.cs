using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Intake;

/// <summary>Which (repository, environment) a delivery is about. Pure.</summary>
internal static class DeliveryRouter
{
    public static DeliveryRoute Route(DeliveryIntent intent, RepositoryDirectory repositories, IReadOnlyList<EnvironmentDefinition> environments) => intent switch
    {
        DeliveryIntent.Pushed push => Mark(push.Repository, push.Branch, $"push to {push.Branch}", repositories, environments),
        DeliveryIntent.BranchDeleted deletion => Mark(deletion.Repository, deletion.Branch, $"branch {deletion.Branch} deleted", repositories, environments),
        DeliveryIntent.PullRequestMerged merge => Mark(merge.Repository, merge.Base, $"pull request merged into {merge.Base}", repositories, environments),
        DeliveryIntent.Ping => new DeliveryRoute { Outcome = "pong: the address and the secret are right" },
        DeliveryIntent.Ignored ignored => Ignore(ignored.Reason),
        _ => throw new InvalidOperationException($"No route for {intent.GetType().Name}."),
    };

    private static DeliveryRoute Mark(ClaimedRepository claimed, BranchName branch, string reason, RepositoryDirectory repositories, IReadOnlyList<EnvironmentDefinition> environments)
    {
        var found = repositories.Find(claimed);
        if (found.Count == 0)
            return Ignore($"{claimed} is not connected to this engine; connect it with 'gitops-triggers connect URL' or under repositories: in engine.yaml");
        var fed = environments.Where(environment => environment.Branch == branch).Select(environment => environment.Name).ToList();
        if (fed.Count == 0)
            return Ignore($"no environment is fed by the branch '{Shown.Text(branch.Value)}' ({Branches(environments)})") with { Repository = found[0].Id };
        return new DeliveryRoute
        {
            Keys = [.. found.SelectMany(repository => fed.Select(environment => new WorkKey(repository.Id, environment)))],
            Repository = found[0].Id,
            Reason = Shown.Text(reason),
            Outcome = $"marked {string.Join(", ", fed)}",
        };
    }

    private static DeliveryRoute Ignore(string reason) => new() { Outcome = $"ignored: {reason}" };

    private static string Branches(IReadOnlyList<EnvironmentDefinition> environments) =>
        Shown.Text(string.Join(", ", environments.Select(environment => $"{environment.Branch} feeds {environment.Name}")), 200);
}
