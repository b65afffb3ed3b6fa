using GitOps.Triggers.Tests.Support;

namespace GitOps.Triggers.Tests.Fuzzing;

/// <summary>
/// The folder <c>corpus</c> beside this file: below each target's name, inputs that once broke it, and others that it should go on from. And what
/// stands elsewhere in the repository and is an input as it is.
/// </summary>
internal static class Corpus
{
    private static readonly string Here = Source.File("tests", "GitOps.Triggers.Tests", "Fuzzing", "corpus");

    public static IEnumerable<(string Target, string File)> All =>
        from folder in Directory.GetDirectories(Here).Order(StringComparer.Ordinal)
        from file in Directory.GetFiles(folder).Order(StringComparer.Ordinal)
        select (Path.GetFileName(folder), Path.GetFileName(file));

    public static byte[] Read(string target, string file) => File.ReadAllBytes(Path.Combine(Here, target, file));

    public static IReadOnlyList<byte[]> Of(string target) =>
        [.. All.Where(one => one.Target == target).Select(one => Read(one.Target, one.File))];

    /// <summary>All files of this name that the examples and the tests' fixtures hold, with those that are kept for the target.</summary>
    public static IReadOnlyList<byte[]> With(string target, string name) =>
    [
        .. from root in (string[])["examples", "tests"]
           from file in Directory.EnumerateFiles(Source.File(root), name, SearchOption.AllDirectories).Order(StringComparer.Ordinal)
           where !file.Contains("/bin/", StringComparison.Ordinal) && !file.Contains("/obj/", StringComparison.Ordinal)
           select File.ReadAllBytes(file),
        .. Of(target),
    ];
}
