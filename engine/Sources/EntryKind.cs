using Git = LibGit2Sharp;

namespace GitOps.Triggers.Sources;

/// <summary>
/// Git's kinds of tree entries, in words. The type decides before the mode, which LibGit2Sharp makes one that git writes: a submodule with a
/// permission to execute it would be a file.
/// </summary>
internal static class EntryKind
{
    public static string Named(Git.TreeEntry entry) => entry.TargetType switch
    {
        Git.TreeEntryTargetType.GitLink => "a submodule",
        Git.TreeEntryTargetType.Tree => "a folder",
        _ when IsLink(entry) => "a symlink",
        _ when IsFile(entry) => "a file",
        _ => "an entry of an unknown kind",
    };

    public static bool IsLink(Git.TreeEntry entry) => entry.TargetType == Git.TreeEntryTargetType.Blob && entry.Mode == Git.Mode.SymbolicLink;

    public static bool IsFile(Git.TreeEntry entry) => entry.TargetType == Git.TreeEntryTargetType.Blob
        && entry.Mode is (Git.Mode.NonExecutableFile or Git.Mode.NonExecutableGroupWritableFile or Git.Mode.ExecutableFile);
}
