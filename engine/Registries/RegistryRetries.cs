using System.Net;
using Microsoft.Extensions.Http.Resilience;
using Polly;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace GitOps.Triggers.Registries;

/// <summary>Sends a request again that was throttled, lost, or met a server in trouble: a few times. All that is asked of a registry may be asked again.</summary>
internal static class RegistryRetries
{
    public static ResiliencePipeline<HttpResponseMessage> Pipeline(RegistryPatience patience, TimeProvider time) => new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = time }
        .AddCircuitBreaker(new CircuitBreakerStrategyOptions<HttpResponseMessage>
        {
            MinimumThroughput = 2,
            FailureRatio = 1,
            SamplingDuration = TimeSpan.FromMinutes(5),
            BreakDuration = patience.LeftAlone,
            ShouldHandle = outcome => ValueTask.FromResult(IsSilent(outcome.Outcome)),
        })
        .AddRetry(new HttpRetryStrategyOptions
        {
            MaxRetryAttempts = patience.Retries,
            BackoffType = DelayBackoffType.Exponential,
            Delay = patience.FirstWait,
            UseJitter = true,
            ShouldRetryAfterHeader = true,
            ShouldHandle = outcome => ValueTask.FromResult(IsPassing(outcome.Outcome, patience)),
        })
        .AddTimeout(patience.Attempt)
        .Build();

    private static bool IsPassing(Outcome<HttpResponseMessage> outcome, RegistryPatience patience) => outcome.Result is { } response
        ? response.StatusCode is HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError && !(RetryAfter.Of(response) > patience.LongestWait)
        : IsSilent(outcome);

    // A certificate that is not trusted now will not be in a second.
    private static bool IsSilent(Outcome<HttpResponseMessage> outcome) => outcome.Exception is TimeoutRejectedException
        or HttpRequestException { HttpRequestError: not (HttpRequestError.SecureConnectionError or HttpRequestError.ConfigurationLimitExceeded) };
}
