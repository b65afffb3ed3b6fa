using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace GitOps.Triggers.Domain;

/// <summary>A branch, without <c>refs/heads/</c>. Only names that git itself accepts (git check-ref-format), so that none can be read as an option or a path.</summary>
internal sealed record BranchName
{
    private const int LongestBytes = 244;
    private static readonly SearchValues<char> Forbidden = SearchValues.Create(" ~^:?*[\\\u007f");

    private BranchName(string value) => Value = value;

    public string Value { get; }

    public string Reference => "refs/heads/" + Value;

    public static bool TryParse(string? text, [NotNullWhen(true)] out BranchName? branch)
    {
        branch = text is { Length: > 0 } && IsValid(text) ? new BranchName(text) : null;
        return branch is not null;
    }

    /// <exception cref="FormatException">Git would refuse this name.</exception>
    public static BranchName Parse(string text) => TryParse(text, out var branch)
        ? branch
        : throw new FormatException($"'{Shown.Text(text)}' is not a branch name that git accepts.");

    public override string ToString() => Value;

    private static bool IsValid(string text) =>
        Encoding.UTF8.GetByteCount(text) <= LongestBytes
        && !text.AsSpan().ContainsAny(Forbidden) && !text.Any(char.IsControl)
        && text[0] is not '-' && text[^1] is not '.'
        && text is not "@" && !text.Contains("..", StringComparison.Ordinal) && !text.Contains("@{", StringComparison.Ordinal)
        && text.Split('/').All(part => part.Length > 0 && part[0] != '.' && !part.EndsWith(".lock", StringComparison.Ordinal));
}
