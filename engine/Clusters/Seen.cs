namespace GitOps.Triggers.Clusters;

/// <summary>What a list or a watch shows of one kind of object.</summary>
internal abstract record Seen<T>
{
    /// <summary>All that there is now. What was known before and is not among it is gone.</summary>
    internal sealed record All(IReadOnlyList<T> Objects) : Seen<T>;

    /// <summary>New, or different from before. The same state may be told more than once.</summary>
    internal sealed record Changed(T Object) : Seen<T>;

    /// <summary>As it was last.</summary>
    internal sealed record Gone(T Object) : Seen<T>;
}
