namespace GitOps.Triggers.Webhooks;

/// <summary>The few values of a payload that the engine reads, as text; none where the payload has none of that kind or an absurdly long one.</summary>
internal sealed record Payload
{
    public string? Action { get; init; }

    public string? Ref { get; init; }

    public string? RefType { get; init; }

    public bool Deleted { get; init; }

    public bool Merged { get; init; }

    public string? BaseRef { get; init; }

    public string? FullName { get; init; }

    public string? CloneUrl { get; init; }

    public string? SshUrl { get; init; }

    public string? HtmlUrl { get; init; }

    public string? Url { get; init; }
}
