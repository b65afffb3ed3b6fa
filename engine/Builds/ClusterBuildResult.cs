using System.Globalization;
using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Builds;

/// <summary>What becomes of a build that has ended on a cluster.</summary>
internal static class ClusterBuildResult
{
    private const int Killed = 128 + 9;
    private const int LineLength = 400;

    public static StageResult<ImageReference> Of(ClusterBuildState state, ClusterBuild build, BuildTranscript transcript) => state switch
    {
        ClusterBuildState.Built(var digest) => new StageResult<ImageReference>.Done(new ImageReference { Digest = digest, Repository = build.Names.RegistryRepository }),
        // Kaniko always says why it fails: without that line its log was not read to its end, and whose fault it is cannot be told.
        ClusterBuildState.Failed(var exitCode) when !transcript.ErrorLines.Any(BuildLines.IsOwnError) => new StageResult<ImageReference>.Retry(
            null, string.Create(CultureInfo.InvariantCulture, $"Kaniko ended with exit code {exitCode}, and its log could not be read to the end: may the engine read pods/log there? doctor says so.")),
        ClusterBuildState.Failed(var exitCode) => BuildFailures.Explain(Failed(build, transcript, exitCode, OwnError(transcript.ErrorLines))),
        ClusterBuildState.OutOfMemory => BuildFailures.Explain(Failed(build, transcript, Killed, [])),
        ClusterBuildState.OverDisk(var said) => Rejected(BuildFailures.OverDisk(Failed(build, transcript, Killed, []), said)),
        ClusterBuildState.Broken broken => new StageResult<ImageReference>.Retry(null, $"{broken.Reason}{LastLine(broken, transcript)}"),
        _ => throw new InvalidOperationException($"A build that is {state.GetType().Name} has not ended."),
    };

    /// <summary>Only the last line of Kaniko's own: what came before it may be what a step printed to look like one.</summary>
    private static IReadOnlyList<string> OwnError(IReadOnlyList<string> lines) =>
        [lines.Last(BuildLines.IsOwnError).Replace($"{KanikoArguments.ContextInContainer}/{ContextArchive.ContextFolder}", ".", StringComparison.Ordinal)];

    private static FailedBuild Failed(ClusterBuild build, BuildTranscript transcript, int exitCode, IReadOnlyList<string> errorLines) =>
        FailedBuild.From(transcript, exitCode, build.Request, build.Limits.BuildMemory) with { ErrorLines = errorLines, WithoutLogin = true };

    private static string LastLine(ClusterBuildState.Broken broken, BuildTranscript transcript) => broken.Container is null || transcript.ErrorLines.Count == 0
        ? ""
        : $" Its last line: {Shown.Text(transcript.ErrorLines[^1], LineLength)}";

    private static StageResult<ImageReference> Rejected(Finding finding) => new StageResult<ImageReference>.Rejected([finding]);
}
