using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Containers;

/// <summary>
/// Finds out by trying whether this machine runs containers, with the limits and the confinement that builds and runs use. What it suggests is for
/// the machine's own settings: the engine never works around them.
/// </summary>
internal sealed class ContainerProbe(ContainerEngineLocator engines)
{
    private const string Variable = "CONTAINERS_CONF";

    public async Task<ProbeReport> TryAsync(CancellationToken ct)
    {
        var search = await engines.SearchAsync(ct).ConfigureAwait(false);
        if (search.Engine is not { } engine)
            return Report(ProbeVerdict.NoEngine, null, $"No container engine answers: install podman, or start docker. {string.Join(' ', search.Problems)}");
        try
        {
            return await ImageArgumentsAsync(engine, ct).ConfigureAwait(false) is { } image
                ? await TryAsync(engine, image, ct).ConfigureAwait(false)
                : Report(ProbeVerdict.NoImage, engine, $"{engine.Title} answers, but there is no image to try it with: install the package busybox-static, or pull any image.");
        }
        catch (ContainerException e)
        {
            return Report(ProbeVerdict.Fails, engine, $"{engine.Title} answers, but does not work: {e.Message}");
        }
    }

    /// <summary>The image with a program that does nothing; none when there is no image at all.</summary>
    private static async Task<string[]?> ImageArgumentsAsync(ContainerEngine engine, CancellationToken ct)
    {
        if (await ProbeImage.EnsureAsync(engine, ct).ConfigureAwait(false))
            return ["--entrypoint", ProbeImage.Program, ProbeImage.Name, "true"];
        var images = await engine.Command.RunAsync(["images", "--quiet", "--no-trunc"], ct).ConfigureAwait(false);
        return images.Length > 0 ? ["--entrypoint", "true", images.Split('\n')[0]] : null;
    }

    private static async Task<ProbeReport> TryAsync(ContainerEngine engine, string[] image, CancellationToken ct)
    {
        var own = Environment.GetEnvironmentVariable(Variable);
        var plain = await RunAsync(engine, engine.Command, image, ct).ConfigureAwait(false);
        if (plain is null)
            return Report(ProbeVerdict.Works, engine, $"{engine.Title} runs containers{(own is { Length: > 0 } ? $", with the settings that {Variable} names ({own})" : "")}.");
        foreach (var settings in engine.IsPodman ? ProbeSettings.All : [])
        {
            if (!await WorksWithAsync(engine, settings, image, ct).ConfigureAwait(false))
                continue;
            var file = ProbeSettings.FileFor(own, Environment.IsPrivilegedProcess);
            return Report(ProbeVerdict.WorksWithSettings, engine, $"{engine.Title} runs containers only with settings that this machine lacks ({plain}). Write them to {file}.")
                with
            { Settings = settings, SettingsFile = file };
        }
        return Report(ProbeVerdict.Fails, engine, $"{engine.Title} answers, but no container starts: {plain}");
    }

    private static async Task<bool> WorksWithAsync(ContainerEngine engine, string settings, string[] image, CancellationToken ct)
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, settings, ct).ConfigureAwait(false);
            return await RunAsync(engine, engine.Command.With(Variable, file), image, ct).ConfigureAwait(false) is null;
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>None when the container ran, else why not.</summary>
    private static async Task<string?> RunAsync(ContainerEngine engine, ContainerCommand command, string[] image, CancellationToken ct)
    {
        var name = "gitops-triggers-probe-" + Guid.NewGuid().ToString("n");
        try
        {
            var outcome = await command.TryAsync(
                ["run", "--name", name, "--network", "none", "--read-only", "--cap-drop", "ALL", "--security-opt", "no-new-privileges",
                    "--memory", "64m", "--cpus", "0.5", "--pids-limit", "64", .. image], ct).ConfigureAwait(false);
            var started = outcome.Succeeded || outcome.ErrorLines.Any(IsOnlyTheProgramMissing);
            return started ? null : Shown.Text(outcome.ErrorLines.LastOrDefault() ?? $"exit code {outcome.ExitCode} without a word", limit: 300);
        }
        finally
        {
            await engine.RemoveContainerAsync(name, CancellationToken.None).ConfigureAwait(false);
        }
    }

    /// <summary>An image without a program called true, or with a busybox that wants libraries, still shows that containers start.</summary>
    private static bool IsOnlyTheProgramMissing(string error) => error.Contains("executable file", StringComparison.Ordinal)
        || (error.Contains("exec", StringComparison.Ordinal) && error.Contains("no such file or directory", StringComparison.OrdinalIgnoreCase));

    private static ProbeReport Report(ProbeVerdict verdict, ContainerEngine? engine, string summary) =>
        new() { Verdict = verdict, Engine = engine?.Title, Summary = summary.TrimEnd() };
}
