using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using GitOps.Triggers.Tests.Support;

namespace GitOps.Triggers.Benchmarks;

/// <summary>The <c>engine.yaml</c> of one measurement, and what stands beside it.</summary>
internal sealed class EngineFile
{
    private EngineFile(TempFolder folder, string content, IEnumerable<SourceRepository> repositories)
    {
        Url = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{Engine.FreePort()}"));
        (DataFolder, SecretFile) = (folder["data"], folder.Write("secret", Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32))));
        Path = folder.Write("engine.yaml", $$"""
            data: ./data
            server: { url: "{{Url.GetLeftPart(UriPartial.Authority)}}", listen: "{{Url.GetLeftPart(UriPartial.Authority)}}" }
            webhooks: { secretFiles: [ ./secret ] }
            {{content}}
            repositories:
            {{string.Join('\n', repositories.Select(repository => $"  - {{ url: \"{repository.Url}\", name: {repository.Name} }}"))}}
            """);
    }

    public string Path { get; }

    public string DataFolder { get; }

    public string SecretFile { get; }

    public byte[] Secret => Encoding.UTF8.GetBytes(File.ReadAllText(SecretFile));

    public Uri Url { get; }

    /// <summary>With what the names of the namespaces begin; empty without a cluster.</summary>
    public string Spaces { get; private init; } = "";

    /// <param name="folder">Where it, the secret and the data go.</param>
    /// <param name="site">Where both environments are.</param>
    /// <param name="registry">Where the images are.</param>
    /// <param name="repositories">What is connected.</param>
    public static EngineFile OnCluster(TempFolder folder, ISite site, string registry, IEnumerable<SourceRepository> repositories)
    {
        var spaces = $"bench-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(3))}-";
        var content = $$"""
            registry: { prefix: {{registry}}/triggers }
            environments:
              - name: dev
                branch: main
                target: { kind: kubernetes, kubeconfig: {{site.Kubeconfig}}, namespace: "{{spaces}}{repository}-dev", createNamespaces: true }
              - name: prod
                branch: prod
                promotesFrom: dev
                target: { kind: kubernetes, kubeconfig: {{site.Kubeconfig}}, namespace: "{{spaces}}{repository}-prod", createNamespaces: true }
            # What is measured is what a push starts, and what a look at everything costs.
            resync: 1d
            """;
        return new EngineFile(folder, content, repositories) { Spaces = spaces };
    }

    /// <summary>One environment on this machine, with the defaults for all the rest.</summary>
    /// <param name="folder">Where it, the secret and the data go.</param>
    /// <param name="branch">What feeds the environment.</param>
    /// <param name="images">Where images are and how they are built, as lines of the file.</param>
    /// <param name="repositories">What is connected.</param>
    public static EngineFile OnThisMachine(TempFolder folder, string branch, string images, IEnumerable<SourceRepository> repositories) => new(
        folder,
        $$"""
        {{images}}
        environments:
          - name: dev
            branch: {{branch}}
            target: { kind: local }
        """,
        repositories);
}
