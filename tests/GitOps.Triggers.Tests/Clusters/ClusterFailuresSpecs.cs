using System.Net;
using GitOps.Triggers.Clusters;
using k8s.Autorest;
using Xunit;

namespace GitOps.Triggers.Tests.Clusters;

public sealed class ClusterFailuresSpecs
{
    [Theory]
    [InlineData(401, "Unauthorized", false)]
    [InlineData(403, "Forbidden", false)]
    [InlineData(404, "NotFound", false)]
    [InlineData(409, "Conflict", true)]
    [InlineData(410, "Expired", true)]
    [InlineData(422, "Invalid", false)]
    [InlineData(429, "Throttled", true)]
    [InlineData(500, "Unreachable", true)]
    [InlineData(503, "Throttled", true)]
    public void An_answer_is_classed_by_what_happens_next(int status, string kind, bool passing)
    {
        var failure = ClusterFailures.Of("apply the CronJob a", "the cluster of x", Answer(status, "no, because"));

        Assert.Equal((kind, passing), (failure.Kind.ToString(), failure.IsPassing));
        Assert.StartsWith("Could not apply the CronJob a: no, because.", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void How_long_the_server_wants_to_be_left_alone_is_heard() =>
        Assert.Equal(TimeSpan.FromSeconds(7), ClusterFailures.Of("list", "x", Answer(429, "slow down", retryAfter: "7")).RetryAfter);

    [Fact]
    public void An_answer_of_something_between_is_told_by_its_status()
    {
        var thrown = Answer(502, null);
        thrown.Response.Content = "<html>Bad Gateway of the proxy</html>";

        Assert.StartsWith("Could not list: the answer was 502 BadGateway.", ClusterFailures.Of("list", "x", thrown).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_of_the_request_is_repeated()
    {
        var thrown = Answer(403, "forbidden");
        thrown.Request = new HttpRequestMessageWrapper(new HttpRequestMessage { Headers = { { "Authorization", "Bearer canary" } } }, "canary");

        Assert.DoesNotContain("canary", ClusterFailures.Of("list", "x", thrown).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_wish_to_stop_is_no_failure()
    {
        Assert.False(ClusterFailures.IsFailure(new TaskCanceledException(), new CancellationToken(canceled: true)));
        Assert.True(ClusterFailures.IsFailure(new TaskCanceledException(), CancellationToken.None));
        Assert.False(ClusterFailures.IsFailure(new InvalidOperationException(), CancellationToken.None));
    }

    private static HttpOperationException Answer(int status, string? said, string? retryAfter = null)
    {
        using var response = new HttpResponseMessage((HttpStatusCode)status);
        if (retryAfter is not null)
            response.Headers.Add("Retry-After", retryAfter);
        return new HttpOperationException("canary") { Response = new HttpResponseMessageWrapper(response, said is null ? "" : $$"""{"kind":"Status","apiVersion":"v1","message":"{{said}}"}""") };
    }
}
