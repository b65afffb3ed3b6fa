using GitOps.Triggers.Domain;
using Xunit;

namespace GitOps.Triggers.Tests.Builds;

internal static class BuildResults
{
    public static T Done<T>(this StageResult<T> result) => result is StageResult<T>.Done done ? done.Value : throw Fail(result);

    public static Finding Rejected<T>(this StageResult<T> result) => result is StageResult<T>.Rejected rejected ? Assert.Single(rejected.Findings) : throw Fail(result);

    public static string Retried<T>(this StageResult<T> result) => result is StageResult<T>.Retry retry ? retry.Reason : throw Fail(result);

    private static Exception Fail<T>(StageResult<T> result) => Xunit.Sdk.FailException.ForFailure(result switch
    {
        StageResult<T>.Rejected rejected => string.Join('\n', rejected.Findings),
        _ => result.ToString(),
    });
}
