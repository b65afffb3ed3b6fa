namespace GitOps.Triggers.Webhooks;

/// <summary>A property of a payload that is read.</summary>
internal enum PayloadField
{
    None,
    Action,
    Ref,
    RefType,
    Deleted,
    Repository,
    FullName,
    CloneUrl,
    SshUrl,
    HtmlUrl,
    Url,
    PullRequest,
    Merged,
    Base,
    BaseRef,
}
