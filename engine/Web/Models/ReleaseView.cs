using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Web;

/// <summary>
/// One deployment: a release placed in an environment. It bears the release's name, since that is what people ask for: which release came
/// where. One that came to two environments is listed in both.
/// </summary>
internal sealed record ReleaseView
{
    public required long Id { get; init; }

    public required string Repository { get; init; }

    public required string Environment { get; init; }

    public required string Trigger { get; init; }

    public required string Commit { get; init; }

    public required string Image { get; init; }

    public required string InputHash { get; init; }

    public required DeploymentKind Kind { get; init; }

    public required DateTimeOffset DeployedAt { get; init; }

    public string? Schedule { get; init; }

    public string? TimeZone { get; init; }

    public long? BuildId { get; init; }

    /// <summary>The trigger left the branch and was taken down.</summary>
    public required bool Pruned { get; init; }

    /// <summary>What was applied, as YAML; none in a list of triggers that was not asked for it.</summary>
    public string? Rendered { get; init; }
}
