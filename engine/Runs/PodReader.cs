using GitOps.Triggers.Domain;
using k8s.Models;

namespace GitOps.Triggers.Runs;

/// <summary>
/// Reads the template that the engine itself renders. The restrictions (no root, no capabilities, read-only root) are not read: they hold for every run,
/// whatever a template says.
/// </summary>
internal static class PodReader
{
    private const long DefaultScratch = 64L << 20;
    private const long DefaultGraceSeconds = 30;

    public static ContainerSpec Read(V1PodSpec pod)
    {
        var container = pod.Containers[0];
        var volumes = (pod.Volumes ?? []).ToDictionary(volume => volume.Name, StringComparer.Ordinal);
        var mounts = container.VolumeMounts ?? [];
        return new ContainerSpec
        {
            Image = ImageReference.Parse(container.Image),
            Command = [.. (container.Command ?? []).Select(VariableReferences.Unescape)],
            Args = [.. (container.Args ?? []).Select(VariableReferences.Unescape)],
            Env = [.. (container.Env ?? []).Select(Variable).OfType<KeyValuePair<string, EnvironmentValue>>()],
            Files = [.. mounts.SelectMany(mount => FilesOf(mount, volumes[mount.Name]))],
            Scratch = [.. mounts.Where(mount => volumes[mount.Name].EmptyDir is not null).Select(mount => KeyValuePair.Create(mount.MountPath, Bytes(volumes[mount.Name].EmptyDir.SizeLimit) ?? DefaultScratch))],
            Memory = Bytes(Amount(container.Resources?.Limits, "memory")),
            CpuShare = Amount(container.Resources?.Requests, "cpu")?.ToDecimal(),
            CpuLimit = Amount(container.Resources?.Limits, "cpu")?.ToDecimal(),
            Grace = TimeSpan.FromSeconds(pod.TerminationGracePeriodSeconds ?? DefaultGraceSeconds),
        };
    }

    private static KeyValuePair<string, EnvironmentValue>? Variable(V1EnvVar variable) => variable.ValueFrom switch
    {
        null => new(variable.Name, new EnvironmentValue.Literal(VariableReferences.Unescape(variable.Value ?? ""))),
        { SecretKeyRef: { } secret } => new(variable.Name, new EnvironmentValue.From(new KeySource(KeySourceKind.Secret, secret.Name, secret.Key))),
        { ConfigMapKeyRef: { } config } => new(variable.Name, new EnvironmentValue.From(new KeySource(KeySourceKind.Config, config.Name, config.Key))),
        _ => null,
    };

    private static IEnumerable<KeyValuePair<string, KeySource>> FilesOf(V1VolumeMount mount, V1Volume volume)
    {
        var (kind, name, items) = volume switch
        {
            { Secret: { } secret } => (KeySourceKind.Secret, secret.SecretName, secret.Items),
            { ConfigMap: { } config } => (KeySourceKind.Config, config.Name, config.Items),
            _ => (KeySourceKind.Config, "", null),
        };
        return from item in items ?? []
               where mount.SubPath is null || item.Path == mount.SubPath
               select KeyValuePair.Create(mount.SubPath is null ? $"{mount.MountPath}/{item.Path}" : mount.MountPath, new KeySource(kind, name, item.Key));
    }

    private static ResourceQuantity? Amount(IDictionary<string, ResourceQuantity>? amounts, string resource) =>
        amounts is not null && amounts.TryGetValue(resource, out var amount) ? amount : null;

    private static long? Bytes(ResourceQuantity? quantity) => quantity is null ? null : (long)quantity.ToDecimal();
}
