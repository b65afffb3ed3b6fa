using System.Text;

namespace GitOps.Triggers.Sources;

/// <summary>
/// Names that a tree can hold although git itself would never write them, or that a file system or a person would read as another one.
/// A tree comes as its author made it.
/// </summary>
internal static class EntryName
{
    private const int LongestBytes = 255;

    /// <summary>Why nothing of this name is read; none: it is fine.</summary>
    public static string? Refusal(string name) => name switch
    {
        "" or "." or ".." => "its name is a path, not a name",
        _ when name.Contains('/') || name.Contains('\0') => "its name is a path, not a name",
        _ when name.Equals(".git", StringComparison.OrdinalIgnoreCase) => "its name belongs to git",
        _ when name.Contains('\uFFFD') => "its name is not UTF-8",
        _ when Encoding.UTF8.GetByteCount(name) > LongestBytes => "its name is longer than 255 bytes",
        _ => null,
    };
}
