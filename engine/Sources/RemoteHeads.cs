using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Sources;

/// <summary>Reads what <c>git ls-remote --heads</c> lists. Names and ids come from the remote: what is no branch name or commit id is passed over.</summary>
internal static class RemoteHeads
{
    private const string Prefix = "refs/heads/";

    public static IReadOnlyDictionary<BranchName, CommitSha> Parse(string listing)
    {
        var heads = new Dictionary<BranchName, CommitSha>();
        foreach (var line in listing.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var tab = line.IndexOf('\t');
            if (tab > 0 && CommitSha.TryParse(line[..tab], out var sha)
                && line.AsSpan(tab + 1).StartsWith(Prefix, StringComparison.Ordinal) && BranchName.TryParse(line[(tab + 1 + Prefix.Length)..], out var branch))
                heads[branch] = sha;
        }
        return heads;
    }
}
