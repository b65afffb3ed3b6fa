using System.Globalization;
using System.Net;
using System.Text.Json;
using GitOps.Triggers.Domain;
using k8s;
using k8s.Autorest;
using k8s.Models;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace GitOps.Triggers.Clusters;

/// <summary>Tells from what the client throws why a call failed. Nothing of a request is repeated: it may hold a token.</summary>
internal static class ClusterFailures
{
    private const int LongestText = 400;

    /// <summary>Whether this is a failure of the call and not a bug or a wish to stop.</summary>
    public static bool IsFailure(Exception thrown, CancellationToken ct) => !ct.IsCancellationRequested
        && thrown is HttpOperationException or HttpRequestException or IOException or OperationCanceledException or TimeoutRejectedException or BrokenCircuitException or JsonException or KubernetesException;

    /// <param name="call">What was tried, in words that follow "could not": <c>apply the CronJob a-1 in trg-a-prod</c>.</param>
    /// <param name="cluster">Which cluster, in words.</param>
    /// <param name="thrown">What <see cref="IsFailure"/> accepts.</param>
    public static ClusterException Of(string call, string cluster, Exception thrown)
    {
        var (kind, said, after) = Read(thrown);
        var advice = Advice(kind);
        return new ClusterException(kind, $"Could not {call}: {Shown.Text(said, LongestText)}{(said.EndsWith('.') ? "" : ".")} {Named(advice, cluster)}".TrimEnd(), after, thrown);
    }

    private static (ClusterFailureKind Kind, string Said, TimeSpan? RetryAfter) Read(Exception thrown) => thrown switch
    {
        HttpOperationException answered when IsEnding(answered.Response) => (ClusterFailureKind.Conflict, Said(answered.Response), null),
        HttpOperationException answered => (Kind(answered.Response.StatusCode), Said(answered.Response), RetryAfter(answered.Response)),
        KubernetesException { Status: { } status } => (Kind((HttpStatusCode)(status.Code ?? 0)), status.Message ?? status.Reason ?? "no reason given", null),
        BrokenCircuitException => (ClusterFailureKind.Unreachable, "it did not answer the last times", null),
        OperationCanceledException or TimeoutRejectedException => (ClusterFailureKind.Unreachable, "it did not answer in time", null),
        JsonException => (ClusterFailureKind.Unreachable, "what answered is no Kubernetes API server, or the answer was cut off", null),
        _ => (ClusterFailureKind.Unreachable, Innermost(thrown).Message, null),
    };

    private static ClusterFailureKind Kind(HttpStatusCode status) => (int)status switch
    {
        401 => ClusterFailureKind.Unauthorized,
        403 => ClusterFailureKind.Forbidden,
        404 => ClusterFailureKind.NotFound,
        409 => ClusterFailureKind.Conflict,
        410 => ClusterFailureKind.Expired,
        400 or 405 or 406 or 413 or 415 or 422 => ClusterFailureKind.Invalid,
        429 or 503 => ClusterFailureKind.Throttled,
        >= 500 => ClusterFailureKind.Unreachable,
        _ => ClusterFailureKind.Other,
    };

    /// <summary>What the API server's Status says; something between it and the engine answers otherwise.</summary>
    private static string Said(HttpResponseMessageWrapper response)
    {
        try
        {
            if (KubernetesJson.Deserialize<V1Status>(response.Content ?? "") is { Message: { Length: > 0 } message })
                return message;
        }
        catch (JsonException)
        {
            // A proxy's page.
        }
        return string.Create(CultureInfo.InvariantCulture, $"the answer was {(int)response.StatusCode} {response.StatusCode}");
    }

    /// <summary>A namespace that is being deleted refuses what is new with "forbidden", which no Role mends.</summary>
    private static bool IsEnding(HttpResponseMessageWrapper response) =>
        response.StatusCode == HttpStatusCode.Forbidden && response.Content?.Contains("because it is being terminated", StringComparison.Ordinal) == true;

    private static TimeSpan? RetryAfter(HttpResponseMessageWrapper response) =>
        response.Headers.TryGetValue("Retry-After", out var values)
        && int.TryParse(values.FirstOrDefault(), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? TimeSpan.FromSeconds(seconds)
            : null;

    private static Exception Innermost(Exception thrown) => thrown.InnerException is { } inner ? Innermost(inner) : thrown;

    private static string Named(string advice, string cluster) => advice.Replace("{cluster}", cluster, StringComparison.Ordinal);

    private static string Advice(ClusterFailureKind kind) => kind switch
    {
        ClusterFailureKind.Unreachable => "Look whether this engine reaches {cluster}; it is tried again.",
        ClusterFailureKind.Throttled => "The API server is busy; it is tried again.",
        ClusterFailureKind.Unauthorized => "The credentials for {cluster} are refused: renew them; a changed kubeconfig is read at once.",
        ClusterFailureKind.Forbidden => "Grant the right to the engine's account: docs/kubernetes.md has the Role.",
        _ => "",
    };
}
