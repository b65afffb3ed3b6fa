using GitOps.Triggers.Domain;
using GitOps.Triggers.Storage;

namespace GitOps.Triggers.Hosting;

/// <summary>Whether a delivery would be stored now. Tried at most once in <see cref="Fresh"/>, by one at a time, so that however many ask, the disk does not notice.</summary>
internal sealed class Readiness(DeliveryRehearsal rehearsal, TimeProvider time)
{
    public static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);

    /// <summary>A delivery is refused after 8 seconds, and probes seldom wait for more than a few.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    private readonly Lock asking = new();
    private Task<string?> answer = Task.FromResult<string?>(null);
    private DateTimeOffset until = DateTimeOffset.MinValue;

    /// <returns>Why not; none when it would.</returns>
    public async Task<string?> ProblemAsync(CancellationToken ct)
    {
        try
        {
            return await Ask().WaitAsync(Patience, time, ct);
        }
        catch (TimeoutException)
        {
            return "the database did not store in time: is the disk overloaded, or does another program hold the database?";
        }
    }

    private Task<string?> Ask()
    {
        lock (asking)
        {
            var now = time.GetUtcNow();
            if (answer.IsCompleted && now >= until)
            {
                until = now + Fresh;
                // Of nobody's request: who asked first may go away while the others wait. SQLite works on the caller's thread.
                answer = Task.Run(RehearseAsync, CancellationToken.None);
            }
            return answer;
        }
    }

    private async Task<string?> RehearseAsync()
    {
        try
        {
            await rehearsal.RunAsync(CancellationToken.None);
            return null;
        }
        catch (Exception failure)
        {
            return $"a delivery could not be stored: {Shown.Text(failure.Message)} Is the disk full or read-only?";
        }
    }
}
