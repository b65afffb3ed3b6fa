namespace GitOps.Triggers.Intake;

/// <summary>For what the engine cannot do without: an outage delays it, and ends neither it nor the engine.</summary>
internal static class Insistence
{
    /// <param name="work">May be repeated.</param>
    /// <param name="failed">Told of each failure, with how many there were in a row.</param>
    /// <param name="time">For the back-off between two attempts.</param>
    /// <param name="ct">Ends it.</param>
    public static async Task UntilDoneAsync(Func<CancellationToken, Task> work, Action<int, Exception> failed, TimeProvider time, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await work(ct);
                return;
            }
            catch (Exception failure) when (!ct.IsCancellationRequested)
            {
                failed(attempt, failure);
            }
            await Task.Delay(BackOff.After(attempt, Random.Shared.NextDouble()), time, ct);
        }
    }
}
