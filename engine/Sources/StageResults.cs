using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Sources;

internal static class StageResults
{
    /// <summary>Goes on with the value, if there is one; any other ending stays what it is.</summary>
    public static StageResult<TOut> Select<TIn, TOut>(this StageResult<TIn> result, Func<TIn, TOut> next) => result switch
    {
        StageResult<TIn>.Done(var value) => new StageResult<TOut>.Done(next(value)),
        StageResult<TIn>.Skipped(var reason) => new StageResult<TOut>.Skipped(reason),
        StageResult<TIn>.Rejected(var findings) => new StageResult<TOut>.Rejected(findings),
        StageResult<TIn>.Held(var reason, var until) => new StageResult<TOut>.Held(reason, until),
        StageResult<TIn>.Retry(var after, var reason) => new StageResult<TOut>.Retry(after, reason),
        _ => throw new InvalidOperationException($"unknown result {result.GetType().Name}"),
    };
}
