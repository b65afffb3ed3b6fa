using System.Text;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Manifests;

namespace GitOps.Triggers.Tests.Manifests;

/// <summary>The repository that the tests' manifests are read in: <c>acme/jobs</c>, on an engine with dev and prod.</summary>
internal static class Repository
{
    public static ManifestContext Context { get; } = new()
    {
        Repository = RepositoryId.Parse("github-42"),
        RepositoryName = "acme/jobs",
        KnownEnvironments = [EnvironmentName.Parse("dev"), EnvironmentName.Parse("prod")],
    };

    public static ManifestReading Read(string text) => Read(Encoding.UTF8.GetBytes(text));

    public static ManifestReading Read(byte[] bytes) => ManifestReader.Read(new ManifestFile("trigger.yaml", bytes), Context);
}
