namespace GitOps.Triggers.Web;

/// <summary>A connected repository and the last pass of each environment.</summary>
internal sealed record RepositoryView
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required string Url { get; init; }

    /// <summary>It stands in <c>engine.yaml</c>.</summary>
    public required bool Configured { get; init; }

    /// <summary>Why its remote cannot be asked for its branches, so that a push whose webhook is lost stays unseen; none while it can.</summary>
    public string? Problem { get; init; }

    public DateTimeOffset? ProblemSince { get; init; }

    public required IReadOnlyList<PassView> Passes { get; init; }
}
