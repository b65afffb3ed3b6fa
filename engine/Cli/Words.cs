using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Cli;

/// <summary>What people read for values that programs see whole.</summary>
internal static class Words
{
    private const int ImageDigits = 12;

    /// <summary><c>BranchMissing</c> → <c>branch missing</c>.</summary>
    public static string Of<T>(T value) where T : struct, Enum =>
        string.Concat(value.ToString().Select((c, i) => char.IsUpper(c) ? (i > 0 ? " " : "") + char.ToLowerInvariant(c) : c.ToString()));

    /// <summary>The first digits of an image's digest: enough to see that two are the same.</summary>
    public static string Image(string? reference)
    {
        if (reference is null)
            return Cells.Nothing;
        var digits = reference[(reference.LastIndexOf(':') + 1)..];
        return digits.Length > ImageDigits ? digits[..ImageDigits] : digits;
    }

    public static string Commit(string? sha) => CommitSha.TryParse(sha, out var commit) ? commit.Short : Cells.Nothing;

    public static string Count(int number, string one, string? many = null) =>
        FormattableString.Invariant($"{number} {(number == 1 ? one : many ?? one + "s")}");
}
