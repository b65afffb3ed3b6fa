namespace GitOps.Triggers.Registries;

/// <summary>How long a registry is waited for. A pass waits as long, and so do those behind it.</summary>
internal sealed record RegistryPatience
{
    public int Retries { get; init; } = 3;

    /// <summary>Before the first retry; then twice as long each time.</summary>
    public TimeSpan FirstWait { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Who asks for a longer wait than this is not asked again by this call.</summary>
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>One request, with its answer.</summary>
    public TimeSpan Attempt { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long one that does not answer at all is left alone, so that what asks it does not keep others from their turn.</summary>
    public TimeSpan LeftAlone { get; init; } = TimeSpan.FromSeconds(30);
}
