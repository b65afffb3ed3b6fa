using System.Globalization;
using System.Text.RegularExpressions;
using GitOps.Triggers.Containers;
using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Builds;

/// <summary>
/// Says whose fault a failed build is. What the Dockerfile does wrong is a finding, and waits for somebody to write something else; what fails outside is
/// tried again. Only the builder's own error line decides that, never what a step prints: a repository must not be able to pass as an outage.
/// </summary>
internal static partial class BuildFailures
{
    private const int LinesShown = 5;
    private const int LineLength = 200;
    private const int MessageLength = 500;
    private const int Killed = 128 + 9;

    /// <summary>Podman files images that never came from a registry under localhost/, and asks that host for one that it does not have.</summary>
    private const string LocalBase = "docker://localhost/";

    /// <summary>A failed start, podman's error, and a warning that may stand between.</summary>
    private const int LinesAtTheEnd = 3;

    public static StageResult<ImageReference> Explain(FailedBuild failed)
    {
        var error = failed.ErrorLines.LastOrDefault(BuildLines.IsOwnError) ?? failed.ErrorLines.LastOrDefault() ?? "";
        if (ExitCodeOf(error) is { } stepCode)
            return ContainersDoNotStart(failed) is { } trouble ? Retry(ContainerFailureKind.Engine, trouble) : FailedStep(failed, error, stepCode);
        if (failed.ExitCode == Killed)
            return OutOfMemory(failed, failed.Step);
        if (IsPush(error))
            return Push(failed, ContainerFailures.Classify(error), error);
        return ContainerFailures.Classify(error) switch
        {
            ContainerFailureKind.NotFound or ContainerFailureKind.Denied => NoBaseImage(failed, error),
            ContainerFailureKind.Network when error.Contains(LocalBase, StringComparison.Ordinal) => NoBaseImage(failed, error),
            ContainerFailureKind.Other => Rejected(failed, LineOf(error) ?? LineOfStep(failed, NamedStep(error)), $"the build failed: {Brief(error, failed)}", "Mend the Dockerfile; the build's log holds the whole output."),
            var outage => Retry(outage, error),
        };
    }

    public static Finding TimedOut(string dockerfile, string dockerfileText, string? step, TimeSpan limit) => new()
    {
        File = dockerfile,
        Line = step is null ? null : DockerfileLines.Find(dockerfileText, step),
        Message = $"the build did not end within {Duration.Format(limit)}{(step is null ? "" : $"; it was at '{Shown.Text(step)}'")}.",
        Fix = "Let the build do less, or start from a base image that already holds what it installs.",
    };

    /// <param name="failed">The build.</param>
    /// <param name="said">What it went over: a cluster says so in its own words.</param>
    public static Finding OverDisk(FailedBuild failed, string said) => new()
    {
        File = failed.Dockerfile,
        Line = LineOfStep(failed, failed.Step),
        Message = $"the build wrote more than it may{(failed.Step is null ? "" : $"; it was at '{Shown.Text(failed.Step)}'")}: {said}",
        Fix = "Let the build write less: remove what a step downloads in the same step, and start from a smaller base image.",
    };

    private static StageResult<ImageReference> FailedStep(FailedBuild failed, string error, int stepCode)
    {
        var step = RunStep().Match(error) is { Success: true } named ? named.Groups["step"].Value : failed.Step;
        if (stepCode == Killed || failed.PrintedLines.Any(line => line.Contains("container exited on killed", StringComparison.Ordinal)))
            return OutOfMemory(failed, step);
        var lines = string.Join(" | ", failed.PrintedLines.TakeLast(LinesShown).Select(line => Shown.Text(line, LineLength)));
        var code = stepCode.ToString(CultureInfo.InvariantCulture);
        return Rejected(failed, LineOfStep(failed, step),
            $"the step '{Shown.Text(step)}' failed with exit code {code}{(lines.Length > 0 ? $"; the last lines: {lines}" : ", and nothing was printed")}",
            "Mend the step; the build's log holds the whole output.");
    }

    private static StageResult<ImageReference> OutOfMemory(FailedBuild failed, string? step) => Rejected(failed, LineOfStep(failed, step),
        $"the build was killed{(step is null ? "" : $" at '{Shown.Text(step)}'")}, most likely because it used more than its {failed.Memory} of memory.",
        "Let the step use less memory: fewer jobs at once, or a base image that already holds what it compiles.");

    private static StageResult<ImageReference> NoBaseImage(FailedBuild failed, string error) => Rejected(failed, null,
        $"a base image cannot be had: {Brief(error, failed)}",
        $"Name an image with its registry and a tag or digest that it holds, such as docker.io/library/python:3.13-slim; {ForPrivate(failed)} Kaniko takes base images from registries only.");

    private static string ForPrivate(FailedBuild failed) => failed.WithoutLogin
        ? "a private one must be mirrored to where no login is asked for."
        : "for a private one, log the engine's machine in.";

    private static StageResult<ImageReference> Push(FailedBuild failed, ContainerFailureKind kind, string error) => failed.WithoutLogin && kind == ContainerFailureKind.Denied
        ? new StageResult<ImageReference>.Retry(null, $"{Shown.Text(error, MessageLength)} Give builds on the cluster a login with builder.pushSecret: see docs/kubernetes.md.")
        : Retry(kind, error);

    private static StageResult<ImageReference> Rejected(FailedBuild failed, int? line, string message, string fix) =>
        new StageResult<ImageReference>.Rejected([new Finding { File = failed.Dockerfile, Line = line, Message = message, Fix = fix }]);

    private static StageResult<ImageReference> Retry(ContainerFailureKind kind, string error) =>
        new StageResult<ImageReference>.Retry(null, ContainerFailures.WithAdvice(Shown.Text(error, MessageLength), kind));

    /// <summary>
    /// Podman reports a container that it cannot start as a failed step. A program that the step names and the image lacks is the step's own fault. Podman's own
    /// line comes after all that the step printed. A step that ends with that very line is tried again for nothing, at its own repository's cost.
    /// </summary>
    private static string? ContainersDoNotStart(FailedBuild failed) =>
        failed.ErrorLines.TakeLast(LinesAtTheEnd).LastOrDefault(line => RuntimeError().IsMatch(line)
            && !line.Contains("executable file", StringComparison.Ordinal) && !line.Contains("no such file or directory", StringComparison.OrdinalIgnoreCase));

    private static int? LineOfStep(FailedBuild failed, string? step) => step is null ? null : DockerfileLines.Find(failed.DockerfileText, step);

    /// <summary>Kaniko's, where it pushes itself: the registry and the login are the operator's, not the Dockerfile's.</summary>
    private static bool IsPush(string error) => BuildLines.OwnPushErrors.Any(start => error.StartsWith(start, StringComparison.Ordinal));

    private static string? NamedStep(string error) => OtherStep().Match(error) is { Success: true } match ? match.Groups["step"].Value : null;

    private static int? ExitCodeOf(string error) => ExitCode().Match(error) is { Success: true } match ? Number(match) : null;

    private static int? LineOf(string error) => Line().Match(error) is { Success: true } match ? Number(match) : null;

    private static int? Number(Match match) => int.TryParse(match.Groups["number"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string Brief(string error, FailedBuild failed) =>
        error.Length > 0 ? Shown.Text(error, MessageLength) : $"exit code {failed.ExitCode.ToString(CultureInfo.InvariantCulture)} without a word";

    [GeneratedRegex(@"(?:exit status|exit code:|non-zero code:) (?<number>[0-9]{1,3})\b", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex ExitCode();

    [GeneratedRegex(@"^error running container: from /\S+ creating container for ", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex RuntimeError();

    [GeneratedRegex(@"\bline (?<number>[0-9]{1,6})\b", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex Line();

    [GeneratedRegex(@"building at STEP ""(?<step>.*)"": while running", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex RunStep();

    [GeneratedRegex(@"building at STEP ""(?<step>.*?)"": ", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex OtherStep();
}
