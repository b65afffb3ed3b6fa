using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Builds;

/// <summary>All that a build's Job is rendered from. No credential is among it.</summary>
internal sealed record ClusterBuild
{
    public required BuildRequest Request { get; init; }

    public required ClusterBuilderSettings Settings { get; init; }

    public required RegistrySettings Registry { get; init; }

    /// <summary>The executor's image.</summary>
    public required string KanikoImage { get; init; }

    public required Limits Limits { get; init; }

    /// <summary>Of the context's archive: 64 hexadecimal digits.</summary>
    public required string ContextHash { get; init; }

    public ImageNames Names => ImageNames.Of(Request, Registry.Prefix);

    /// <summary>The image's name and tag at the registry.</summary>
    public string Destination => Names.RegistryTag!;

    /// <summary>
    /// The same for the same build, so that whoever takes it up finds its Job. All that the Job is made of is part of it: what a Job under other
    /// limits came to, or one that pushes elsewhere, is no answer to this one.
    /// </summary>
    public string Name => $"build-{Names.Tag}-{Hex($"{Request.Repository.Id}\n{Request.Inputs.Hash}\n{Destination}\n{Request.Platform}\n{ContextHash}\n{Terms}")[..10]}";

    /// <summary>The engine that the build is for, as a label says it: several may share a cluster, and each clears up its own.</summary>
    public string Engine => EngineOf(Settings.EngineUrl);

    /// <summary>Whether a container apart pushes, so that no step is near the credentials.</summary>
    public bool PushesApart => Settings.PushSecret is not null;

    private string Terms => string.Create(
        CultureInfo.InvariantCulture,
        $"{Settings}\n{Registry}\n{KanikoImage}\n{Limits.BuildTimeout}\n{Limits.BuildMemory}\n{Limits.BuildCpus}\n{Limits.BuildDisk}\n{Limits.ContextBytes}");

    /// <summary>By the address at which its builds reach it, which it shares with no other engine.</summary>
    public static string EngineOf(Uri address) => Hex(address.AbsoluteUri)[..12];

    private static string Hex(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
