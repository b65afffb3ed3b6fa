using System.Globalization;

namespace GitOps.Triggers.Runs;

/// <summary>
/// The arguments of <c>podman|docker create</c> for what a pod under Pod Security's <c>restricted</c> profile would be: read-only root, no capabilities,
/// no new privileges, bounded memory, processor, processes and log. The network is the engine's default one, outgoing as a pod's.
/// </summary>
internal static class CreateArguments
{
    /// <summary>As many as the kubelet of most clusters gives a pod.</summary>
    private const int Processes = 1024;

    private const int SharesPerCore = 1024;
    private const int LeastShares = 2;

    /// <summary>
    /// The container engine drops the oldest output when its own file is full, and has some 45 bytes more in it for each line. With room, a log is
    /// cut at its end by the engine's own limit, rather than at its beginning by that.
    /// </summary>
    private const int LogRoom = 2;

    /// <param name="identity">Name and labels.</param>
    /// <param name="spec">Of the container.</param>
    /// <param name="material">Its environment and files.</param>
    /// <param name="environmentFile">Holds the material's lines.</param>
    /// <param name="args">In place of the template's.</param>
    /// <param name="logBytes">What is to be kept of the output.</param>
    /// <param name="podman">Podman adds to a container what docker and Kubernetes do not; that is taken away again.</param>
    public static IReadOnlyList<string> Of(
        IReadOnlyList<string> identity, ContainerSpec spec, RunMaterial material, string environmentFile, IReadOnlyList<string> args, long logBytes, bool podman) =>
    [
        .. identity,
        "--pull=never",
        "--read-only",
        "--cap-drop=ALL",
        "--security-opt=no-new-privileges",
        "--pids-limit", Text(Processes),
        .. Resources(spec),
        .. spec.Scratch.SelectMany(scratch => new[] { "--tmpfs", $"{scratch.Key}:rw,nosuid,nodev,mode=1777,size={Text(scratch.Value)}" }),
        "--log-driver", "json-file", "--log-opt", $"max-size={Text(logBytes * LogRoom)}",
        .. podman ? new[] { "--http-proxy=false", "--read-only-tmpfs=false" } : [],
        "--env-file", environmentFile,
        .. material.Environment.ClientVariables.Keys.SelectMany(name => new[] { "--env", name }),
        // Z: a private label where SELinux is on; nothing elsewhere.
        .. material.Files.SelectMany(file => new[] { "--volume", $"{file.Source}:{file.Path}:ro,Z" }),
        .. spec.Command.Count > 0 ? new[] { "--entrypoint", spec.Command[0] } : [],
        spec.Image.ToString(),
        .. spec.Command.Skip(1),
        .. args,
    ];

    private static IEnumerable<string> Resources(ContainerSpec spec)
    {
        if (spec.Memory is { } memory)
            yield return $"--memory={Text(memory)}";
        if (spec.Memory is { } total)
            yield return $"--memory-swap={Text(total)}";
        if (spec.CpuShare is { } share)
            yield return $"--cpu-shares={Text(Math.Max(LeastShares, (long)(share * SharesPerCore)))}";
        if (spec.CpuLimit is { } limit)
            yield return $"--cpus={limit.ToString("0.###", CultureInfo.InvariantCulture)}";
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
