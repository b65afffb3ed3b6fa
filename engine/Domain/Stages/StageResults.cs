namespace GitOps.Triggers.Domain;

internal static class StageResults
{
    /// <summary>Goes on with the value, if there is one; any other outcome stays what it is.</summary>
    public static StageResult<TNext> Select<T, TNext>(this StageResult<T> result, Func<T, TNext> next) => result switch
    {
        StageResult<T>.Done(var value) => new StageResult<TNext>.Done(next(value)),
        StageResult<T>.Skipped(var reason) => new StageResult<TNext>.Skipped(reason),
        StageResult<T>.Rejected(var findings) => new StageResult<TNext>.Rejected(findings),
        StageResult<T>.Held(var reason, var until) => new StageResult<TNext>.Held(reason, until),
        StageResult<T>.Retry(var after, var reason) => new StageResult<TNext>.Retry(after, reason),
        _ => throw new InvalidOperationException($"No such outcome: {result.GetType().Name}"),
    };

    /// <returns>Why it was not done, for people; none when it was.</returns>
    public static string? WhyNot<T>(this StageResult<T> result) => result switch
    {
        StageResult<T>.Done => null,
        StageResult<T>.Skipped(var reason) => reason,
        StageResult<T>.Rejected(var findings) => findings[0].Message,
        StageResult<T>.Held(var reason, _) => reason,
        StageResult<T>.Retry(_, var reason) => reason,
        _ => throw new InvalidOperationException($"No such outcome: {result.GetType().Name}"),
    };

    /// <summary>Strings stages together: the next one runs when the one before is done, and any other outcome is handed through.</summary>
    public static async Task<StageResult<TNext>> Then<T, TNext>(this Task<StageResult<T>> stage, Func<T, Task<StageResult<TNext>>> next) =>
        await (await stage).Then(next);

    /// <inheritdoc cref="Then{T,TNext}(Task{StageResult{T}},Func{T,Task{StageResult{TNext}}})"/>
    public static async Task<StageResult<TNext>> Then<T, TNext>(this StageResult<T> result, Func<T, Task<StageResult<TNext>>> next) =>
        result is StageResult<T>.Done(var value) ? await next(value) : result.Select<T, TNext>(_ => throw new InvalidOperationException("Done was handled."));
}
