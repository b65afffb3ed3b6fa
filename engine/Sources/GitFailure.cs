using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Sources;

/// <summary>Why nothing came from a repository: for people, without any secret.</summary>
internal sealed record GitFailure(GitFailureKind Kind, string Message, string Fix)
{
    public StageResult<T> As<T>() => Kind is GitFailureKind.Refused or GitFailureKind.TooLarge
        ? new StageResult<T>.Rejected([new Finding { File = "engine.yaml", Path = "repositories", Message = Message, Fix = Fix }])
        : new StageResult<T>.Retry(null, $"{Message} {Fix}");
}
