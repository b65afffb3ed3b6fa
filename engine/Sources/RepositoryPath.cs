namespace GitOps.Triggers.Sources;

/// <summary>Paths in a repository: <c>/</c> between names, none in front; the root is the empty text.</summary>
internal static class RepositoryPath
{
    /// <summary>Whether it stays in the repository, in the one spelling that a path has.</summary>
    public static bool IsInside(string path) =>
        path.Length == 0 || path.Split('/').All(name => name is not ("" or "." or "..") && !name.Contains('\0'));

    /// <summary>The way from a folder to a file, with <c>..</c> where it leads up.</summary>
    public static string Relative(string folder, string file)
    {
        var from = Names(folder);
        var to = Names(file);
        var shared = from.Zip(to).TakeWhile(pair => pair.First == pair.Second).Count();
        return string.Join('/', Enumerable.Repeat("..", from.Length - shared).Concat(to[shared..]));
    }

    public static string Join(string folder, string path) => folder.Length == 0 ? path : path.Length == 0 ? folder : $"{folder}/{path}";

    private static string[] Names(string path) => path.Length == 0 ? [] : path.Split('/');
}
