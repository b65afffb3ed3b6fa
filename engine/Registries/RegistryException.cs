namespace GitOps.Triggers.Registries;

/// <summary>A registry could not be asked. Its message names the registry, what was seen and what to do; it never holds a credential.</summary>
internal sealed class RegistryException(RegistryFailureKind kind, string problem, string fix, TimeSpan? retryAfter = null, Exception? cause = null)
    : Exception($"{problem} {fix}", cause)
{
    public RegistryFailureKind Kind => kind;

    public string Problem => problem;

    public string Fix => fix;

    /// <summary>How long the registry asks to be left alone.</summary>
    public TimeSpan? RetryAfter => retryAfter;
}
