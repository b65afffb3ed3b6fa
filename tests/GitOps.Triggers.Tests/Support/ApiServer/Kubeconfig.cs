namespace GitOps.Triggers.Tests.Support.ApiServer;

/// <summary>The file that tells clients where the server is and who they are.</summary>
internal static class Kubeconfig
{
    public static string Text(string url, string token) => $"""
        apiVersion: v1
        kind: Config
        current-context: test
        clusters:
        - name: test
          cluster:
            server: {url}
        users:
        - name: engine
          user: {(token.Length == 0 ? "{}" : $"{{token: \"{token}\"}}")}
        contexts:
        - name: test
          context:
            cluster: test
            user: engine

        """;
}
