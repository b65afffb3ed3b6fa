using System.Runtime.CompilerServices;
using Xunit;

namespace GitOps.Triggers.Tests.Manifests;

/// <summary>
/// Folders of fixtures beside this file. Each holds input and an <c>expected.txt</c> that people can read; with <c>UPDATE_FIXTURES=1</c> the tests
/// write what they got there instead of comparing, and the change is reviewed as a diff.
/// </summary>
internal static class Fixtures
{
    public static string Here { get; } = Path.GetDirectoryName(ThisFile())!;

    public static string RepositoryRoot { get; } = Path.GetFullPath(Path.Combine(Here, "..", "..", ".."));

    public static IEnumerable<string> In(string folder) =>
        Directory.GetDirectories(Path.Combine(Here, folder)).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal);

    public static void Compare(string folder, string actual)
    {
        var expected = Path.Combine(folder, "expected.txt");
        if (Environment.GetEnvironmentVariable("UPDATE_FIXTURES") == "1")
            File.WriteAllText(expected, actual);
        Assert.Equal(File.ReadAllText(expected), actual);
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
