namespace GitOps.Triggers.Web;

/// <summary>What this engine is: for <c>status</c>, <c>doctor</c> and to know which environments there are.</summary>
internal sealed record EngineInfo
{
    public required string Version { get; init; }

    public required string Url { get; init; }

    public required IReadOnlyList<EnvironmentInfo> Environments { get; init; }

    /// <summary>Which builder is used, and why; before the first build what <c>builder.kind</c> asks for.</summary>
    public required string Builder { get; init; }
}
