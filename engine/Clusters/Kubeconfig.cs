using GitOps.Triggers.Domain;
using k8s;
using k8s.Exceptions;
using k8s.KubeConfigModels;
using YamlDotNet.Serialization;

namespace GitOps.Triggers.Clusters;

/// <summary>Reads how to connect. What could run a program, or talk to a cluster that nobody vouches for, is refused unless the operator allows it.</summary>
internal static class Kubeconfig
{
    /// <exception cref="ClusterException">Of kind <see cref="ClusterFailureKind.Configuration"/>: it cannot be used; says why and what to do.</exception>
    public static KubernetesClientConfiguration Read(ClusterAccess access)
    {
        if (access.Kubeconfig is null)
            return InCluster();
        try
        {
            var file = Load(access.Kubeconfig);
            Check(file, access);
            return KubernetesClientConfiguration.BuildConfigFromConfigObject(file, access.Context);
        }
        // The library throws bare exceptions too, and a parser's message may repeat a line of the file: a token.
        catch (Exception thrown) when (thrown is not ClusterException)
        {
            throw Refused(access, thrown is KubeConfigException or IOException or UnauthorizedAccessException ? thrown.Message : "it is no valid kubeconfig", "Try it with kubectl --kubeconfig.");
        }
    }

    /// <returns>Why it cannot be used; none when it can, whether or not the cluster answers.</returns>
    public static string? Problem(ClusterAccess access)
    {
        try
        {
            Read(access);
            return null;
        }
        catch (ClusterException refused)
        {
            return refused.Message;
        }
    }

    /// <summary>Whether there is no way to the cluster at all: the file is not there, or the engine left the pod that had one.</summary>
    public static bool IsGone(ClusterAccess access) => access.Kubeconfig is { } file ? !File.Exists(file) : !KubernetesClientConfiguration.IsInCluster();

    /// <summary>The client's own way reads the properties of all its types first, which keeps some 40 MiB for as long as the engine runs.</summary>
    private static K8SConfiguration Load(string path)
    {
        using var text = File.OpenText(path);
        var file = new DeserializerBuilder().IgnoreUnmatchedProperties().Build().Deserialize<K8SConfiguration?>(text) ?? throw new KubeConfigException("it is empty");
        // Files that it names stand relative to it.
        file.FileName = Path.GetFullPath(path);
        return file;
    }

    private static KubernetesClientConfiguration InCluster() => KubernetesClientConfiguration.IsInCluster()
        ? KubernetesClientConfiguration.InClusterConfig()
        : throw new ClusterException(ClusterFailureKind.Configuration, "There is no kubeconfig, and the engine does not run in a pod with a service account. Write kubeconfig: with the path of one.");

    private static void Check(K8SConfiguration file, ClusterAccess access)
    {
        var name = access.Context ?? file.CurrentContext;
        var context = file.Contexts?.FirstOrDefault(one => one.Name == name)?.ContextDetails
            ?? throw Refused(access, $"it has no context '{Shown.Text(name ?? "")}'", $"Write context: with one of {string.Join(", ", (file.Contexts ?? []).Select(one => Shown.Text(one.Name)))}.");
        var user = file.Users?.FirstOrDefault(one => one.Name == context.User)?.UserCredentials;
        if ((user?.ExternalExecution is not null || user?.AuthProvider is not null) && !access.AllowExecPlugins)
            throw Refused(access, "it has its credentials from a program, which would run with all that the engine has", "Give the engine a service account's token, or allow it with allowExecPlugins: true.");
        var cluster = file.Clusters?.FirstOrDefault(one => one.Name == context.Cluster)?.ClusterEndpoint;
        if (cluster is not null && IsInsecure(cluster) && !access.AllowInsecureTls)
            throw Refused(access, "it does not check the cluster's certificate, so anybody between could read and change everything", "Put the cluster's certificate-authority-data into it, or allow it with allowInsecureTls: true.");
    }

    private static bool IsInsecure(ClusterEndpoint cluster) => cluster.SkipTlsVerify
        || (Uri.TryCreate(cluster.Server, UriKind.Absolute, out var server) && server.Scheme == Uri.UriSchemeHttp && !server.IsLoopback);

    private static ClusterException Refused(ClusterAccess access, string why, string fix) =>
        new(ClusterFailureKind.Configuration, $"The kubeconfig {access.Kubeconfig} cannot be used: {Shown.Text(why, 400)}. {fix}");
}
