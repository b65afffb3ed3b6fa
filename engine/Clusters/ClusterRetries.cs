using System.Net;
using Microsoft.Extensions.Http.Resilience;
using Polly;
using Polly.Timeout;

namespace GitOps.Triggers.Clusters;

/// <summary>
/// Sends a request again that was throttled, lost, or met a server in trouble: a few times, and only for as long as a pass can wait. Every call of
/// the engine may be repeated; a "create" whose answer was lost finds its own object.
/// </summary>
internal static class ClusterRetries
{
    private const int Retries = 3;
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan AttemptTimeout = TimeSpan.FromSeconds(20);

    public static DelegatingHandler Handler(TimeProvider time) => new ResilienceHandler(new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = time }
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
        : outcome.Exception is HttpRequestException or TimeoutRejectedException;
}
