namespace GitOps.Triggers.Rendering;

/// <summary>What a rendered object says of its origin: read by people and by the engine, never by Kubernetes.</summary>
internal static class Annotations
{
    public const string RepositoryName = "triggers.gitops/repository-name";
    public const string Manifest = "triggers.gitops/manifest";
    public const string Description = "triggers.gitops/description";
    public const string Commit = "triggers.gitops/commit";
    public const string InputHash = "triggers.gitops/input-hash";

    /// <summary>The schedule in words.</summary>
    public const string Schedule = "triggers.gitops/schedule";

    /// <summary><c>true</c> when the manifest names no schedule: see <see cref="NoSchedule"/>.</summary>
    public const string AwaitingSchedule = "triggers.gitops/awaiting-schedule";

    /// <summary>Why the engine suspended it, where it is not the manifest's own wish: see <see cref="Suspension"/>.</summary>
    public const string Suspended = "triggers.gitops/suspended";

    public static IDictionary<string, string> OfCronJob(RenderInput input)
    {
        var annotations = OfRun(input);
        annotations[RepositoryName] = input.Repository.Name;
        annotations[Manifest] = input.Manifest.File;
        annotations[Schedule] = input.Spec.Schedule?.Describe() ?? NoSchedule.Words;
        if (input.Spec.Schedule is null)
            annotations[AwaitingSchedule] = "true";
        if (input.Manifest.Description is { } description)
            annotations[Description] = description;
        return annotations;
    }

    /// <summary>What each Job and pod carries, so that a run can always be traced to what it ran.</summary>
    public static IDictionary<string, string> OfRun(RenderInput input) => new SortedDictionary<string, string>(StringComparer.Ordinal)
    {
        [Commit] = input.Commit.Value,
        [InputHash] = input.InputHash.Value,
    };
}
