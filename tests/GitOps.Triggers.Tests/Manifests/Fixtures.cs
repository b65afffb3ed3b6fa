using GitOps.Triggers.Tests.Support;
using Xunit;

namespace GitOps.Triggers.Tests.Manifests;

/// <summary>
/// Folders of fixtures beside this file. Each holds input and an <c>expected.txt</c> that people can read; with <c>UPDATE_FIXTURES=1</c> the tests
/// write what they got there instead of comparing, and the change is reviewed as a diff.
/// </summary>
internal static class Fixtures
{
    public static string Here { get; } = Source.File("tests/GitOps.Triggers.Tests/Manifests");

    public static IEnumerable<string> In(string folder) =>
        Directory.GetDirectories(Path.Combine(Here, folder)).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal);

    public static void Compare(string folder, string actual)
    {
        var expected = Path.Combine(folder, "expected.txt");
        if (Environment.GetEnvironmentVariable("UPDATE_FIXTURES") == "1")
            File.WriteAllText(expected, actual);
        Assert.Equal(File.ReadAllText(expected), actual);
    }
}
