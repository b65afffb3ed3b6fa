using GitOps.Triggers.Domain;
using GitOps.Triggers.Manifests;
using Xunit;

namespace GitOps.Triggers.Tests.Manifests;

/// <summary>Each folder of <c>cases/</c> is a repository, and its <c>expected.txt</c> what the engine says of it.</summary>
public sealed class ManifestCaseSpecs
{
    public static TheoryData<string> Cases => [.. Fixtures.In("cases")];

    [Theory, MemberData(nameof(Cases))]
    [Threat(20)]
    public void I_am_told_everything_at_once_and_what_is_good_is_read(string name)
    {
        var folder = Path.Combine(Fixtures.Here, "cases", name);

        var set = ManifestSet.Read(Files(folder), Repository.Context);

        Fixtures.Compare(folder, string.Join('\n', Lines(set)) + "\n");
    }

    private static IEnumerable<ManifestFile> Files(string folder) => Directory.GetFiles(folder, "trigger.yaml", SearchOption.AllDirectories)
        .Select(path => new ManifestFile(Path.GetRelativePath(folder, path), File.ReadAllBytes(path)));

    private static IEnumerable<string> Lines(ManifestSet set) =>
    [
        .. Printed.Findings(set.Findings),
        .. set.Manifests.SelectMany(Printed.Manifest),
        set.Complete ? "complete" : "not complete",
    ];
}
