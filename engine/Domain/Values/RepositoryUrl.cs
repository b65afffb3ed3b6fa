using System.Diagnostics.CodeAnalysis;

namespace GitOps.Triggers.Domain;

/// <summary>Where a repository is fetched from: <c>https://</c>, <c>ssh://</c>, <c>git@host:path</c> or <c>file:///</c>. Never holds credentials.</summary>
internal sealed record RepositoryUrl
{
    private static readonly string[] Schemes = ["https", "http", "ssh", "file"];

    private RepositoryUrl(string value) => Value = value;

    /// <summary>The URL in one canonical spelling: no trailing slash; <c>git@host:path</c> becomes <c>ssh://git@host/path</c>.</summary>
    public string Value { get; }

    public bool IsLocal => Value.StartsWith("file://", StringComparison.Ordinal);

    /// <summary>The folder of a <c>file://</c> URL.</summary>
    public string LocalPath => new Uri(Value).LocalPath;

    /// <summary>The path's last part without <c>.git</c>.</summary>
    public string ShortName
    {
        get
        {
            var last = Uri.UnescapeDataString(Value[(Value.LastIndexOf('/') + 1)..]);
            return last.EndsWith(".git", StringComparison.Ordinal) && last.Length > 4 ? last[..^4] : last;
        }
    }

    public static bool TryParse(string? text, [NotNullWhen(true)] out RepositoryUrl? url)
    {
        url = Canonical(text) is { } value ? new RepositoryUrl(value) : null;
        return url is not null;
    }

    /// <exception cref="FormatException">Not a URL that the engine can fetch from.</exception>
    public static RepositoryUrl Parse(string text) => TryParse(text, out var url)
        ? url
        : throw new FormatException("not a git URL: use https://, ssh:// or file:/// without a user's password in it.");

    public override string ToString() => Value;

    private static string? Canonical(string? text)
    {
        if (text is null || text.Length > 2048 || text.Any(char.IsControl) || text.StartsWith('-'))
            return null;
        if (!text.Contains("://", StringComparison.Ordinal) && text.IndexOf(':') is var colon and > 0 && text.IndexOf('@') is > 0)
            text = $"ssh://{text[..colon]}/{text[(colon + 1)..].TrimStart('/')}";
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || !Schemes.Contains(uri.Scheme) || uri.AbsolutePath is "" or "/")
            return null;
        var carriesSecret = uri.UserInfo.Contains(':') || (uri.UserInfo.Length > 0 && uri.Scheme is not "ssh");
        if (carriesSecret || uri.Query.Length > 0 || uri.Fragment.Length > 0 || (uri.Scheme == "file" && uri.Host.Length > 0))
            return null;
        return uri.AbsoluteUri.TrimEnd('/');
    }
}
