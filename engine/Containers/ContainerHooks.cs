using System.Text.Json;
using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Containers;

/// <summary>
/// What podman does for each container of the engine's before its program begins: hooks of the runtime, for which neither root nor a setting of the machine is
/// needed. Docker has none. See https://github.com/opencontainers/runtime-spec/blob/main/config.md#posix-platform-hooks.
/// </summary>
internal sealed record ContainerHooks
{
    /// <summary>What podman looks into by itself, and no more once it is told of another folder.</summary>
    private static readonly string[] Usual = ["/usr/share/containers/oci/hooks.d", "/etc/containers/oci/hooks.d"];

    /// <summary>Takes the hooks' files.</summary>
    public required string Folder { get; init; }

    /// <summary>Builds and runs may not ask the cloud's metadata service.</summary>
    public required bool KeepMetadataAway { get; init; }

    /// <summary>Of one step of a build.</summary>
    public required int BuildProcesses { get; init; }

    public static ContainerHooks Of(EngineConfiguration configuration) => new()
    {
        Folder = Path.Combine(configuration.DataFolder, "hooks"),
        KeepMetadataAway = !configuration.AllowCloudMetadata,
        BuildProcesses = configuration.Limits.BuildProcesses,
    };

    /// <summary>Writes the hooks of all containers; none where there are none. Returns podman's options for them.</summary>
    public IReadOnlyList<string> OfAll() => Options(Everywhere());

    /// <summary>As above, for the steps of <c>podman build</c>.</summary>
    public IReadOnlyList<string> OfBuilds() => Options([.. Everywhere(), Write("builds", ProcessesHook.Stage, ProcessesHook.Script(BuildProcesses))]);

    private static string[] Options(IReadOnlyList<string> folders) =>
        folders.Count == 0 ? [] : [.. Usual.Where(Directory.Exists).Concat(folders).SelectMany(one => new[] { "--hooks-dir", one })];

    private IReadOnlyList<string> Everywhere() => KeepMetadataAway && MetadataHook.HasTools ? [Write("containers", MetadataHook.Stage, MetadataHook.Script())] : [];

    private string Write(string name, string stage, string script)
    {
        var folder = Path.Combine(Folder, name);
        Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var hook = new
        {
            version = "1.0.0",
            hook = new { path = "/bin/sh", args = new[] { "sh", "-c", script }, env = new[] { "PATH=/usr/sbin:/usr/bin:/sbin:/bin" } },
            when = new { always = true },
            stages = new[] { stage },
        };
        // Of two hooks whose files have one name, podman takes the last.
        File.WriteAllText(Path.Combine(folder, name + ".json"), JsonSerializer.Serialize(hook));
        return folder;
    }
}
