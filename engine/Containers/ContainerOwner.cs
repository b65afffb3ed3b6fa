using System.Security.Cryptography;
using System.Text;

namespace GitOps.Triggers.Containers;

/// <summary>The label by which an engine knows its own containers after a restart: one engine has one data folder, and several may share a machine.</summary>
internal static class ContainerOwner
{
    public const string Label = "triggers.gitops/engine";

    /// <summary><c>triggers.gitops/engine=</c> and 12 hexadecimal digits of the data folder's SHA-256.</summary>
    public static string LabelOf(string dataFolder) =>
        $"{Label}={Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Path.TrimEndingDirectorySeparator(Path.GetFullPath(dataFolder)))))[..12]}";
}
