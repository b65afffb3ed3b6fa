using System.Globalization;
using GitOps.Triggers.Containers;
using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Runs;

/// <summary>What a container's end means.</summary>
internal static class AttemptOutcomes
{
    private const int Killed = 137;

    /// <param name="state">After its end.</param>
    /// <param name="stopped">Why the engine stopped it; none when it ended by itself.</param>
    /// <param name="now">Where the container engine does not know its end.</param>
    public static AttemptOutcome Of(JobContainerState state, string? stopped, DateTimeOffset now)
    {
        var ended = state.FinishedAt is { } at && at <= now ? at : now;
        // Podman takes the end from a file's time, which the kernel keeps less exactly.
        if (ended < state.StartedAt)
            ended = state.StartedAt.Value;
        return (stopped, state) switch
        {
            ({ } why, _) => new(why, state.ExitCode, "It went on after its timeout and was stopped.", ended),
            (_, { OutOfMemory: true }) => new(RunReasons.OutOfMemory, state.ExitCode, "It needed more memory than its limit. Raise resources.memory, or have it need less.", ended),
            (_, { ExitCode: 0 }) => new(RunReasons.Completed, 0, "The program ended with exit code 0.", ended),
            (_, { ExitCode: Killed }) => new(RunReasons.Error, Killed, "The program was killed (exit code 137) by something else than this engine; most often that is a lack of memory. Compare its need with resources.memory.", ended),
            _ => new(RunReasons.Error, state.ExitCode, string.Create(CultureInfo.InvariantCulture, $"The program ended with exit code {state.ExitCode}."), ended),
        };
    }
}
