using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Cli;

/// <summary>The manifests as they stand in a folder, committed or not.</summary>
internal static class WorkingTree
{
    public const string ManifestName = "trigger.yaml";

    /// <summary>Every manifest below the path that a push could bring; the path itself when it is a file.</summary>
    /// <param name="checkout">Whose files.</param>
    /// <param name="path">Absolute, a folder or a file.</param>
    /// <param name="ct">Ends git, too.</param>
    public static async Task<IReadOnlyList<ManifestFile>> ReadAsync(Checkout checkout, string path, CancellationToken ct)
    {
        var files = File.Exists(path) ? [path] : checkout.IsGit ? await TrackableAsync(path, ct) : Below(path);
        return [.. files.Where(File.Exists).Order(StringComparer.Ordinal).Select(file => new ManifestFile(
            Path.GetRelativePath(checkout.Root, file).Replace(Path.DirectorySeparatorChar, '/'), File.ReadAllBytes(file)))];
    }

    // What .gitignore leaves out will not be pushed either.
    private static async Task<IReadOnlyList<string>> TrackableAsync(string folder, CancellationToken ct) =>
        (await Git.AskAsync(folder, ["ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", $":(glob)**/{ManifestName}"], ct) ?? "")
            .Split('\0', StringSplitOptions.RemoveEmptyEntries).Distinct().Select(file => Path.GetFullPath(file, folder)).ToList();

    private static IReadOnlyList<string> Below(string folder) => [.. Directory.EnumerateFiles(folder, ManifestName, new EnumerationOptions
    {
        RecurseSubdirectories = true,
        IgnoreInaccessible = true,
        AttributesToSkip = FileAttributes.Hidden | FileAttributes.ReparsePoint,
        MatchType = MatchType.Simple,
    })];
}
