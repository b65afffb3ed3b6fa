namespace GitOps.Triggers.Domain;

/// <summary>Why a schedule or a time zone is refused.</summary>
internal sealed record ScheduleProblem
{
    /// <summary>What is wrong, with the value seen.</summary>
    public required string Message { get; init; }

    /// <summary>What to write instead.</summary>
    public required string Fix { get; init; }

    /// <summary>Several problems of one value as one, so that all are seen at once; none when there are none.</summary>
    public static ScheduleProblem? Join(IReadOnlyCollection<ScheduleProblem> problems) => problems.Count == 0 ? null : new()
    {
        Message = string.Join(' ', problems.Select(problem => problem.Message)),
        Fix = string.Join(' ', problems.Select(problem => problem.Fix).Distinct(StringComparer.Ordinal)),
    };
}
