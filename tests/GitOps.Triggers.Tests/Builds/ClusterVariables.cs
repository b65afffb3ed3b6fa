using System.Net;
using System.Net.Sockets;
using Xunit;

namespace GitOps.Triggers.Tests.Builds;

/// <summary>What the tests of builds on a real cluster need to be told. A test that asks for something that is not said is skipped.</summary>
internal static class ClusterVariables
{
    public static string Kubeconfig => Wanted("KUBECONFIG_TEST");

    /// <summary>An address and a port that the nodes, the pods and this machine reach; it speaks http and asks for no login.</summary>
    public static string Registry => Wanted("TEST_REGISTRY");

    /// <summary>Kaniko's executor, as the nodes pull it.</summary>
    public static string Kaniko => Wanted("KANIKO_CLUSTER_IMAGE");

    /// <summary>With a shell, wget and tar.</summary>
    public static string Image => Wanted("KUBERNETES_TEST_IMAGE");

    public static string Skopeo => Wanted("SKOPEO_CLUSTER_IMAGE");

    /// <summary>This machine's address in the network of the registry, which the pods reach.</summary>
    public static IPAddress Here
    {
        get
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            socket.Connect(IPEndPoint.Parse(Registry));
            return ((IPEndPoint)socket.LocalEndPoint!).Address;
        }
    }

    private static string Wanted(string variable)
    {
        var value = Environment.GetEnvironmentVariable(variable);
        Assert.SkipUnless(value is { Length: > 0 }, $"{variable} is not set: see CONTRIBUTING.md");
        return value;
    }
}
