using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Cli;

/// <summary>The folder that a command without an engine works on: a git checkout, or just a folder.</summary>
internal sealed record Checkout
{
    // Fits no URL: 'H' is spread the same each time, but not as the engine will.
    private static readonly RepositoryId Unknown = RepositoryId.Parse("git-0000000000000000");

    public required string Root { get; init; }

    public required bool IsGit { get; init; }

    /// <summary>Where the remote 'origin' is.</summary>
    public RepositoryUrl? Origin { get; init; }

    public CommitSha? Head { get; init; }

    /// <summary>As the engine makes it of the URL; a repository known to it by a provider's number has another.</summary>
    public RepositoryId Id => Origin is null ? Unknown : RepositoryId.FromUrl(Origin);

    public string Name => Origin?.ShortName ?? Path.GetFileName(Root);

    /// <summary>For rendering. A folder without an origin stands as itself.</summary>
    public Repository Repository => new() { Id = Id, Name = Name, Url = Origin ?? RepositoryUrl.Parse(new Uri(Root).AbsoluteUri) };

    /// <param name="folder">Absolute, and it exists.</param>
    /// <param name="ct">Ends git, too.</param>
    public static async Task<Checkout> FindAsync(string folder, CancellationToken ct)
    {
        if ((await Git.AskAsync(folder, ["rev-parse", "--show-toplevel"], ct))?.TrimEnd('\n') is not { Length: > 0 } root)
            return new Checkout { Root = folder, IsGit = false };
        var origin = (await Git.AskAsync(root, ["remote", "get-url", "origin"], ct))?.TrimEnd('\n');
        var head = (await Git.AskAsync(root, ["rev-parse", "--verify", "--quiet", "HEAD"], ct))?.Trim();
        return new Checkout
        {
            Root = root,
            IsGit = true,
            Origin = Address(origin, root),
            Head = CommitSha.TryParse(head, out var sha) ? sha : null,
        };
    }

    /// <summary>The URL without what a person's own git puts into it: a user, a token, a path instead of <c>file://</c>.</summary>
    private static RepositoryUrl? Address(string? origin, string root)
    {
        if (origin is null or "")
            return null;
        if (Uri.TryCreate(origin, UriKind.Absolute, out var url) && url.Scheme is "https" or "http")
            origin = new UriBuilder(url) { UserName = "", Password = "" }.Uri.AbsoluteUri;
        else if (!origin.Contains(':', StringComparison.Ordinal) && Path.GetFullPath(origin, root) is var path && Directory.Exists(path))
            origin = new Uri(path).AbsoluteUri;
        return RepositoryUrl.TryParse(origin, out var parsed) ? parsed : null;
    }
}
