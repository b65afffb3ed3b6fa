using System.Diagnostics.CodeAnalysis;

namespace GitOps.Triggers.Domain;

/// <summary>A git commit: 40 (SHA-1) or 64 (SHA-256) lower-case hexadecimal digits.</summary>
internal sealed record CommitSha
{
    private CommitSha(string value) => Value = value;

    /// <summary>No commit at all, as git itself writes it.</summary>
    public static CommitSha None { get; } = new(new string('0', 40));

    public string Value { get; }

    /// <summary>The first ten digits, for people.</summary>
    public string Short => Value[..10];

    public static bool TryParse(string? text, [NotNullWhen(true)] out CommitSha? sha)
    {
        sha = text is { Length: 40 or 64 } && Hex.IsLower(text) ? new CommitSha(text) : null;
        return sha is not null;
    }

    /// <exception cref="FormatException">The text is not a commit id.</exception>
    public static CommitSha Parse(string text) => TryParse(text, out var sha)
        ? sha
        : throw new FormatException($"'{Shown.Text(text)}' is not a git commit id: 40 or 64 lower-case hexadecimal digits.");

    public override string ToString() => Value;
}
