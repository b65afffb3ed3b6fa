using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Containers;

/// <summary>A container engine that hangs, on a lock of its own for instance, is one that does not answer.</summary>
internal static class Patience
{
    /// <summary>For a call that only asks, or does something short.</summary>
    public static readonly TimeSpan Usual = TimeSpan.FromMinutes(2);

    /// <exception cref="ContainerException">It took longer than <paramref name="most"/>, or failed.</exception>
    public static async Task<T> WithinAsync<T>(TimeSpan most, TimeProvider time, Func<CancellationToken, Task<T>> call, CancellationToken ct)
    {
        using var patience = new CancellationTokenSource(most, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, patience.Token);
        try
        {
            return await call(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested && !ct.IsCancellationRequested)
        {
            throw new ContainerException(ContainerFailureKind.Engine, $"The container engine did not answer within {Duration.Format(most)}.");
        }
    }
}
