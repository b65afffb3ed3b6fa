using System.Net;
using Microsoft.Extensions.Http.Resilience;
using Polly;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace GitOps.Triggers.Clusters;

/// <summary>
/// Sends a request again that was throttled, lost, or met a server in trouble: a few times, and only for as long as a pass can wait. Every call of
/// the engine may be repeated; a "create" whose answer was lost finds its own object. A cluster that does not answer at all is left alone for a
/// while: what waits for it would keep passes of other environments from running.
/// </summary>
internal static class ClusterRetries
{
    private const int Retries = 3;
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LeftAlone = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan AttemptTimeout = TimeSpan.FromSeconds(20);

    public static DelegatingHandler Handler(TimeProvider time) => new ResilienceHandler(new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = time }
        .AddCircuitBreaker(new CircuitBreakerStrategyOptions<HttpResponseMessage>
        {
            MinimumThroughput = 2,
            FailureRatio = 1,
            SamplingDuration = TimeSpan.FromMinutes(5),
            BreakDuration = LeftAlone,
            ShouldHandle = outcome => ValueTask.FromResult(IsSilent(outcome.Outcome)),
        })
        .AddRetry(new HttpRetryStrategyOptions
        {
            MaxRetryAttempts = Retries,
            BackoffType = DelayBackoffType.Exponential,
            Delay = TimeSpan.FromMilliseconds(200),
            UseJitter = true,
            ShouldRetryAfterHeader = true,
            ShouldHandle = outcome => ValueTask.FromResult(IsPassing(outcome.Outcome)),
        })
        // Up to the headers: what is streamed after them (a watch, a log) takes as long as it takes.
        .AddTimeout(AttemptTimeout)
        .Build());

    private static bool IsPassing(Outcome<HttpResponseMessage> outcome) => outcome.Result is { } response
        ? response.StatusCode is HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError && !(response.Headers.RetryAfter?.Delta > LongestWait)
        : IsSilent(outcome);

    private static bool IsSilent(Outcome<HttpResponseMessage> outcome) => outcome.Exception is HttpRequestException or TimeoutRejectedException;
}
