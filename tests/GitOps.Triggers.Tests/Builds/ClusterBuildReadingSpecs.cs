using GitOps.Triggers.Builds;
using GitOps.Triggers.Tests.Support;
using k8s;
using k8s.Models;
using Xunit;

namespace GitOps.Triggers.Tests.Builds;

/// <summary>
/// Each file of <c>cluster/states</c> is a Job and its pod as an API server shows them; one of the two may be missing. Its first line says how the build
/// then stands, a second one whether Kaniko was seen running before.
/// </summary>
public sealed class ClusterBuildReadingSpecs
{
    private static readonly string Folder = Source.File("tests", "GitOps.Triggers.Tests", "Builds", "cluster", "states");

    public static TheoryData<string> Cases => [.. Directory.GetFiles(Folder, "*.yaml").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];

    /// <summary>With <c>UPDATE_FIXTURES=1</c> it writes what it got into the first line, and the change is reviewed as a diff.</summary>
    [Theory, MemberData(nameof(Cases))]
    public void A_build_stands_as_its_first_line_says(string name)
    {
        var file = Path.Combine(Folder, name + ".yaml");
        var lines = File.ReadAllLines(file);
        var objects = KubernetesYaml.LoadAllFromString(File.ReadAllText(file));

        var actual = "# " + ClusterBuildReading.Of(objects.OfType<V1Job>().SingleOrDefault(), objects.OfType<V1Pod>().SingleOrDefault(), lines[1] == "# had begun");

        if (Environment.GetEnvironmentVariable("UPDATE_FIXTURES") == "1")
            File.WriteAllLines(file, [actual, .. lines[1..]]);
        Assert.Equal(File.ReadLines(file).First(), actual);
    }

    [Fact]
    public void There_are_cases() => Assert.True(Cases.Count >= 30);
}
