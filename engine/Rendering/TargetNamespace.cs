using System.Security.Cryptography;
using System.Text;
using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Rendering;

/// <summary>Where an environment's objects of one repository live. The operator decides; a manifest has no say.</summary>
internal static class TargetNamespace
{
    private const int Longest = 63;
    private const int HashDigits = 8;

    /// <summary>On this machine a namespace is only a name: what is told apart there is told apart by the labels.</summary>
    public static string Of(EnvironmentDefinition environment, Repository repository) => Fit(environment.Target switch
    {
        TargetSettings.Kubernetes { Namespace: var template } => template.Replace("{repository}", repository.Slug, StringComparison.Ordinal),
        _ => $"{repository.Slug}-{environment.Name}",
    });

    public static Place PlaceOf(EnvironmentDefinition environment, Repository repository) => environment.Target is TargetSettings.Kubernetes { Access: var access }
        ? new Place { Cluster = access, Namespace = Of(environment, repository) }
        : Place.ThisMachine;

    private static string Fit(string name) => name.Length <= Longest
        ? name
        : $"{DnsLabel.From(name, Longest - HashDigits - 1)}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..HashDigits]}";
}
