using Git = LibGit2Sharp;

namespace GitOps.Triggers.Sources;

/// <summary>Git's kinds of tree entries, in words.</summary>
internal static class EntryKind
{
    public static string Named(Git.Mode mode) => mode switch
    {
        Git.Mode.SymbolicLink => "a symlink",
        Git.Mode.Directory => "a folder",
        Git.Mode.GitLink => "a submodule",
        Git.Mode.NonExecutableFile or Git.Mode.NonExecutableGroupWritableFile or Git.Mode.ExecutableFile => "a file",
        _ => "an entry of an unknown kind",
    };

    public static bool IsFile(Git.Mode mode) =>
        mode is Git.Mode.NonExecutableFile or Git.Mode.NonExecutableGroupWritableFile or Git.Mode.ExecutableFile;
}
