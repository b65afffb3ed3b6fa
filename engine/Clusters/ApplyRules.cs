namespace GitOps.Triggers.Clusters;

/// <summary>What is done about an object that is there already.</summary>
internal sealed record ApplyRules<T>
{
    /// <summary>Whether it is the engine's own and may be written.</summary>
    public required Func<T, bool> IsOurs { get; init; }

    /// <summary>Whether it is known to look as it did after the very same was applied: then the server need not be asked what would change.</summary>
    public Func<T, bool> IsAsApplied { get; init; } = _ => false;

    /// <summary>Whether it is known to differ from what is applied: the server need not be asked that either.</summary>
    public Func<T, bool> IsKnownToDiffer { get; init; } = _ => false;

    /// <summary>Whether a difference is to be written.</summary>
    public Func<T, bool> MayCorrect { get; init; } = _ => true;
}
