using GitOps.Triggers.Clusters;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Tests.Support;
using Xunit;

namespace GitOps.Triggers.Tests.Clusters;

public sealed class KubeconfigSpecs : IDisposable
{
    private const string Token = "canary-token";

    private readonly TempFolder folder = new();

    [Fact]
    public void I_can_connect_by_a_token_and_choose_the_context()
    {
        var file = Write();

        Assert.Equal("https://dev.example.com", Kubeconfig.Read(new ClusterAccess { Kubeconfig = file }).Host);
        Assert.Equal("https://prod.example.com", Kubeconfig.Read(new ClusterAccess { Kubeconfig = file, Context = "prod" }).Host);
        Assert.Equal(Token, Kubeconfig.Read(new ClusterAccess { Kubeconfig = file }).AccessToken);
    }

    [Fact]
    public void A_context_that_is_not_there_is_refused_with_those_that_are()
    {
        var refused = Refused(new ClusterAccess { Kubeconfig = Write(), Context = "staging" });

        Assert.Contains("no context 'staging'", refused.Message, StringComparison.Ordinal);
        Assert.Contains("dev, prod", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_program_for_credentials_is_not_run_unless_I_allow_it()
    {
        var ran = folder["ran"];
        var file = Write(user: $"exec: {{ apiVersion: client.authentication.k8s.io/v1, command: touch, args: [ {ran} ] }}");

        var refused = Refused(new ClusterAccess { Kubeconfig = file });

        Assert.False(File.Exists(ran));
        Assert.Contains("allowExecPlugins: true", refused.Message, StringComparison.Ordinal);
        // Its output is no credential, so it is refused all the same, but by then it has run.
        Refused(new ClusterAccess { Kubeconfig = file, AllowExecPlugins = true });
        Assert.True(File.Exists(ran));
    }

    [Theory]
    [InlineData("server: https://dev.example.com, insecure-skip-tls-verify: true")]
    [InlineData("server: http://dev.example.com")]
    public void A_cluster_that_nobody_vouches_for_is_refused_unless_I_allow_it(string cluster)
    {
        var file = Write(cluster: cluster);

        var refused = Refused(new ClusterAccess { Kubeconfig = file });

        Assert.Contains("allowInsecureTls: true", refused.Message, StringComparison.Ordinal);
        Assert.NotNull(Kubeconfig.Read(new ClusterAccess { Kubeconfig = file, AllowInsecureTls = true }));
    }

    [Fact]
    public void A_proxy_on_this_machine_needs_no_certificate() =>
        Assert.Equal("http://127.0.0.1:8001", Kubeconfig.Read(new ClusterAccess { Kubeconfig = Write(cluster: "server: http://127.0.0.1:8001") }).Host);

    [Theory]
    [InlineData("users: [ { name: u, user: { token: canary-token }")]
    [InlineData("canary-token")]
    [InlineData("")]
    [InlineData("apiVersion: v1\nkind: Config\ncurrent-context: dev\ncontexts: [ { name: dev, context: { cluster: nowhere, user: canary-token } } ]")]
    public void What_is_no_kubeconfig_is_refused_without_repeating_it(string text)
    {
        var file = folder.Write("broken.kubeconfig", text);

        var refused = Refused(new ClusterAccess { Kubeconfig = file });

        Assert.Contains(file, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Token, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_not_there_is_named() =>
        Assert.Contains("nowhere.kubeconfig", Refused(new ClusterAccess { Kubeconfig = folder["nowhere.kubeconfig"] }).Message, StringComparison.Ordinal);

    public void Dispose() => folder.Dispose();

    private static ClusterException Refused(ClusterAccess access)
    {
        var refused = Assert.Throws<ClusterException>(() => Kubeconfig.Read(access));
        Assert.Equal(ClusterFailureKind.Configuration, refused.Kind);
        return refused;
    }

    private string Write(string cluster = "server: https://dev.example.com", string user = $"token: {Token}")
    {
        return folder.Write("kubeconfig", $$"""
            apiVersion: v1
            kind: Config
            current-context: dev
            contexts:
              - { name: dev, context: { cluster: dev, user: engine } }
              - { name: prod, context: { cluster: prod, user: engine } }
            clusters:
              - { name: dev, cluster: { {{cluster}} } }
              - { name: prod, cluster: { server: https://prod.example.com } }
            users:
              - { name: engine, user: { {{user}} } }
            """);
    }
}
