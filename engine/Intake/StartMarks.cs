using GitOps.Triggers.Domain;
using GitOps.Triggers.Storage;

namespace GitOps.Triggers.Intake;

/// <summary>What is to be looked at because the engine starts: whatever may have happened while it was not there.</summary>
internal sealed partial class StartMarks(ServedKeys served, StatusStore statuses, WorkQueue queue, TimeProvider time, ILogger<StartMarks> logger)
{
    /// <summary>Until it is done: a database that does not answer yet is asked again.</summary>
    public Task MarkAsync(CancellationToken ct) => Insistence.UntilDoneAsync(MarkOnceAsync, NotMarked, time, ct);

    private async Task MarkOnceAsync(CancellationToken ct)
    {
        var left = (await statuses.PassesAsync(ct)).Where(pass => pass.Outcome is not PassOutcome.Retired && served.WhyNot(pass.Key) is not null).Select(pass => pass.Key).ToList();
        // First: until they have been looked at, they may still run.
        if (left.Count > 0)
            await queue.MarkAsync(left, "no longer served", ct);
        await queue.MarkAsync(served.All, "engine start", ct);
    }

    [LoggerMessage(1, LogLevel.Error, "What is to be looked at after the start could not be stored, {Attempt} times in a row; it is tried again.")]
    private partial void NotMarked(int attempt, Exception failure);
}
