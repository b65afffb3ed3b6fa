using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Cli;

/// <summary>One line that git gives a <c>post-receive</c> hook: a ref, what it was and what it is.</summary>
internal sealed record RefUpdate(string Before, string After, string Ref)
{
    private const string Branches = "refs/heads/";

    public bool IsBranch => Ref.StartsWith(Branches, StringComparison.Ordinal);

    public bool Created => IsNone(Before);

    public bool Deleted => IsNone(After);

    public static RefUpdate? Read(string line) =>
        line.Split(' ', 3) is [var before, var after, var name] && CommitSha.TryParse(before, out _) && CommitSha.TryParse(after, out _)
            ? new RefUpdate(before, after, name)
            : null;

    // Git's word for "no commit": all zeros.
    private static bool IsNone(string commit) => !commit.AsSpan().ContainsAnyExcept('0');
}
