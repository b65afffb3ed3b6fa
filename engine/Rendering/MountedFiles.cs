using System.Globalization;
using GitOps.Triggers.Domain;
using k8s.Models;

namespace GitOps.Triggers.Rendering;

/// <summary>The manifest's files as volumes and mounts: one volume for each Secret or ConfigMap, with none but the keys that are named, each mounted read-only by itself.</summary>
internal sealed record MountedFiles(IReadOnlyList<V1Volume> Volumes, IReadOnlyList<V1VolumeMount> Mounts)
{
    // The image chooses the user, so everybody in the container may read, and nobody may write.
    private const int ReadOnlyMode = 0b100_100_100;

    public static MountedFiles Of(IReadOnlyDictionary<string, KeySource> files)
    {
        var volumes = new List<V1Volume>();
        var mounts = new List<V1VolumeMount>();
        foreach (var source in files.GroupBy(file => (file.Value.Kind, file.Value.Name)).OrderBy(group => group.Key.Kind).ThenBy(group => group.Key.Name, StringComparer.Ordinal))
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"files-{volumes.Count}");
            volumes.Add(Volume(name, source.Key.Kind, source.Key.Name, source.Select(file => file.Value.Key)));
            mounts.AddRange(source.Select(file => new V1VolumeMount { Name = name, MountPath = file.Key, SubPath = file.Value.Key, ReadOnlyProperty = true }));
        }
        return new(volumes, [.. mounts.OrderBy(mount => mount.MountPath, StringComparer.Ordinal)]);
    }

    private static V1Volume Volume(string name, KeySourceKind kind, string source, IEnumerable<string> keys)
    {
        List<V1KeyToPath> items = [.. keys.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(key => new V1KeyToPath { Key = key, Path = key })];
        return kind switch
        {
            KeySourceKind.Secret => new() { Name = name, Secret = new V1SecretVolumeSource { SecretName = source, Items = items, DefaultMode = ReadOnlyMode, Optional = false } },
            KeySourceKind.Config => new() { Name = name, ConfigMap = new V1ConfigMapVolumeSource { Name = source, Items = items, DefaultMode = ReadOnlyMode, Optional = false } },
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such kind of source."),
        };
    }
}
