using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using GitOps.Triggers.Tests.Support;

namespace GitOps.Triggers.Benchmarks;

/// <summary>The <c>engine.yaml</c> of one measurement, and what stands beside it.</summary>
internal sealed class EngineFile
{
    /// <param name="folder">Where it, the secret and the data go.</param>
    /// <param name="site">Where both environments are.</param>
    /// <param name="registry">Where the images are.</param>
    /// <param name="repositories">What is connected.</param>
    public EngineFile(TempFolder folder, ISite site, string registry, IEnumerable<SourceRepository> repositories)
    {
        Url = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{Engine.FreePort()}"));
        (DataFolder, SecretFile) = (folder["data"], folder.Write("secret", Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32))));
        var run = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(3));
        Spaces = $"bench-{run}-";
        Path = folder.Write("engine.yaml", $$"""
            data: ./data
            server: { listen: "{{Url.GetLeftPart(UriPartial.Authority)}}" }
            registry: { prefix: {{registry}}/triggers }
            environments:
              - name: dev
                branch: main
                target: { kind: kubernetes, kubeconfig: {{site.Kubeconfig}}, namespace: "{{Spaces}}{repository}-dev", createNamespaces: true }
              - name: prod
                branch: prod
                promotesFrom: dev
                target: { kind: kubernetes, kubeconfig: {{site.Kubeconfig}}, namespace: "{{Spaces}}{repository}-prod", createNamespaces: true }
            webhooks: { secretFiles: [ ./secret ] }
            # What is measured is what a push starts, and what a look at everything costs.
            resync: 1d
            repositories:
            {{string.Join('\n', repositories.Select(repository => $"  - {{ url: \"{repository.Url}\", name: {repository.Name} }}"))}}
            """);
    }

    public string Path { get; }

    public string DataFolder { get; }

    public string SecretFile { get; }

    public byte[] Secret => Encoding.UTF8.GetBytes(File.ReadAllText(SecretFile));

    public Uri Url { get; }

    /// <summary>With what the names of the namespaces begin.</summary>
    public string Spaces { get; }
}
