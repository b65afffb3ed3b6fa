using System.Text.RegularExpressions;

namespace GitOps.Triggers.Builds;

/// <summary>Tells, in the output of podman, docker and Kaniko, their own lines from what a step prints.</summary>
internal static partial class BuildLines
{
    public static readonly string[] OwnPushErrors = ["error pushing image: ", "error checking push permissions "];

    private static readonly string[] OwnErrors =
    [
        "Error: ", "error building image: ", "ERROR: ", "The command '", "Error response from daemon: ", "building at STEP ", "error running container: ",
        .. OwnPushErrors,
    ];

    /// <summary>The instruction that a line says is begun: <c>STEP 2/3: RUN make</c> (podman), <c>INFO[0001] RUN make</c> (Kaniko), <c>#6 [2/3] RUN make</c> (BuildKit); else none.</summary>
    public static string? StepOf(string line) => Step().Match(line) is { Success: true } match ? match.Groups["step"].Value.TrimEnd() : null;

    public static bool IsOwnError(string line) => OwnErrors.Any(start => line.StartsWith(start, StringComparison.Ordinal));

    public static bool IsOwn(string line) => IsOwnError(line) || (Own().IsMatch(line) && !PrintedByBuildKit().IsMatch(line));

    [GeneratedRegex(
        @"^(?:STEP [0-9]+/[0-9]+: |Step [0-9]+/[0-9]+ : |#[0-9]+ \[[^\]]*[0-9]+/[0-9]+\] |INFO\[[0-9]+\] )" +
        @"(?<step>(?:ADD|ARG|CMD|COPY|ENTRYPOINT|ENV|EXPOSE|FROM|HEALTHCHECK|LABEL|ONBUILD|RUN|SHELL|STOPSIGNAL|USER|VOLUME|WORKDIR) .*)$",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Step();

    [GeneratedRegex(
        @"^(?:STEP [0-9]+/[0-9]+: |Step [0-9]+/[0-9]+ : |#[0-9]+ |(?:INFO|WARN)\[[0-9]+\] |--> | ---> |COMMIT\b|time=""[^""]*"" level=|Sending build context |Removing intermediate container )",
        RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex Own();

    /// <summary>BuildKit puts the seconds before what a step prints: <c>#6 0.215 text</c>.</summary>
    [GeneratedRegex(@"^#[0-9]+ [0-9]+\.[0-9]+ ", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex PrintedByBuildKit();
}
