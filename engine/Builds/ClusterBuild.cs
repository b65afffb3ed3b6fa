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
    /// The same for the same build, so that whoever takes it up finds its Job. Where the image goes is part of it: what a Job for another
    /// trigger of equal inputs pushes is no answer to this one.
    /// </summary>
    public string Name => string.Create(CultureInfo.InvariantCulture, $"build-{Names.Tag}-{Short($"{Request.Repository.Id}\n{Request.Inputs.Hash}\n{Destination}")}");

    /// <summary>Whether a container apart pushes, so that no step is near the credentials.</summary>
    public bool PushesApart => Settings.PushSecret is not null;

    private static string Short(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..10];
}
