using System.Globalization;
using GitOps.Triggers.Containers;
using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Builds;

/// <summary>The arguments of <c>podman build</c> and <c>docker build</c>. Base images come from the store, or are pulled when they are not there: both engines' default.</summary>
internal static class LocalBuildArguments
{
    private const int CpuPeriod = 100_000;

    public static IReadOnlyList<string> Of(ContainerEngine engine, BuildRequest request, string name, string idFile, Limits limits)
    {
        var spec = request.Inputs.Spec;
        return
        [
            "build", "--file", request.DockerfilePath, "--tag", name, "--iidfile", idFile,
            "--label", $"{ImageNames.InputHashLabel}={request.Inputs.Hash}",
            "--memory", limits.BuildMemory,
            "--cpu-period", Number(CpuPeriod), "--cpu-quota", Number(CpuPeriod * BuildCpus.Here(limits)),
            // Layers are matched by what images say of their own history, and one repository's image can say anything: a shared cache would let it
            // slip its layers under another's build. Equal inputs are not built twice anyhow.
            "--no-cache", "--force-rm",
            // Podman: no image for each step that nobody asked for; and the engine's proxy settings, which may hold a password, stay out of the steps.
            .. engine.IsPodman ? ["--layers=false", "--http-proxy=false"] : Array.Empty<string>(),
            // With raw sockets a step could send packets past what its network refuses it.
            .. engine.IsPodman ? ["--cap-drop", "NET_RAW", .. engine.BuildHooks] : Array.Empty<string>(),
            .. spec.Target is { } target ? ["--target", target] : Array.Empty<string>(),
            .. request.Platform is { } platform ? ["--platform", platform] : Array.Empty<string>(),
            .. spec.Args.OrderBy(arg => arg.Key, StringComparer.Ordinal).SelectMany(arg => new[] { "--build-arg", $"{arg.Key}={arg.Value}" }),
            "--", request.ContextFolder,
        ];
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
