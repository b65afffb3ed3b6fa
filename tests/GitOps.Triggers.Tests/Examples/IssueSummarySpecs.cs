using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace GitOps.Triggers.Tests.Examples;

public sealed class IssueSummarySpecs(IssueSummaryImage example) : IClassFixture<IssueSummaryImage>
{
    [Fact]
    public async Task All_pages_are_summarised_without_pull_requests_and_repetitions()
    {
        await using var gitHub = await FakeGitHub.StartAsync(
            [
                FakeGitHub.PullRequest(109),
                FakeGitHub.Issue(108, "Newest", TimeSpan.Zero, "bug"),
                FakeGitHub.Issue(107, "Cart loses items", TimeSpan.FromHours(1), "bug", "cart"),
            ],
            [
                FakeGitHub.Issue(107, "Cart loses items", TimeSpan.FromHours(1), "bug", "cart"),
                FakeGitHub.Issue(106, "Wrong currency", TimeSpan.FromHours(5)),
                FakeGitHub.PullRequest(105),
            ],
            [
                FakeGitHub.Issue(5, "Old", TimeSpan.FromDays(1), "bug"),
                FakeGitHub.Issue(4, "Oldest", TimeSpan.FromDays(400), "cart"),
            ]);

        var run = await RunAsync(gitHub, ("API_TOKEN", "t0ken"), ("TRIGGER_ENVIRONMENT", "dev"));

        run.ShouldEndWith(0);
        Assert.Equal(
            """
            [dev] example/shop: 5 open issues, 3 opened in the last 24 hours

            By label
              3 × bug
              2 × cart
              1 × (no label)

            Newest
              #108 Newest (less than an hour old)
              #107 Cart loses items (1 hour old)
              #106 Wrong currency (5 hours old)

            Oldest
              #4 Oldest (400 days old)
              #5 Old (1 day old)

            """,
            run.Output);
        Assert.Equal(
            [
                "/api/v3/repos/example/shop/issues?state=open&sort=created&direction=desc&per_page=100",
                "/api/v3/repos/example/shop/issues?per_page=100&page=2",
                "/api/v3/repos/example/shop/issues?per_page=100&page=3",
            ],
            gitHub.Received.Select(request => request.PathAndQuery));
        Assert.All(gitHub.Received, request => Assert.Equal("Bearer t0ken", request.Headers["Authorization"]));
    }

    [Fact]
    public async Task The_channel_receives_the_summary_and_a_title_cannot_call_everyone_or_colour_a_log()
    {
        await using var gitHub = await FakeGitHub.StartAsync(
            [FakeGitHub.Issue(1, "<!channel> @here & \u001b[31mred\nsecond line " + new string('x', 100), TimeSpan.Zero)]);
        await using var channel = await LoopbackServer.StartAsync(200);

        var run = await RunAsync(gitHub, ("CHANNEL_URL", $"{channel.Address}/hooks/s3cret"));

        run.ShouldEndWith(0);
        Assert.Contains("  #1 <!channel> @here & [31mred second line xxx", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', run.Output);
        Assert.Equal("posted to the channel", run.Lines[^1]);
        Assert.DoesNotContain("s3cret", run.Everything, StringComparison.Ordinal);

        var request = Assert.Single(channel.Received);
        var text = JsonDocument.Parse(request.Body).RootElement.GetProperty("text").GetString();
        Assert.Equal("POST /hooks/s3cret", $"{request.Method} {request.PathAndQuery}");
        Assert.StartsWith("example/shop: 1 open issue, 1 opened in the last 24 hours\n", text, StringComparison.Ordinal);
        Assert.Contains("#1 &lt;!channel&gt; @\u200bhere &amp; [31mred", text, StringComparison.Ordinal);
        Assert.Contains("xxx… (", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_repository_without_open_issues_is_good_news_too()
    {
        await using var gitHub = await FakeGitHub.StartAsync([FakeGitHub.PullRequest(1)]);
        await using var channel = await LoopbackServer.StartAsync(204);

        var run = await RunAsync(gitHub, ("CHANNEL_URL", channel.Address));

        run.ShouldEndWith(0);
        Assert.Equal(["example/shop: no open issues", "posted to the channel"], run.Lines);
        Assert.Equal("""{"text":"example/shop: no open issues"}""", Assert.Single(channel.Received).Body);
    }

    [Theory]
    [InlineData(403, "API rate limit exceeded", "x-ratelimit-reset", 600, "", "in 10 min; with API_TOKEN the limit is higher")]
    [InlineData(429, "Too many requests", "retry-after", 90, "t0ken", "in 2 min")]
    [InlineData(403, "You have exceeded a secondary rate limit", null, 0, "t0ken", "in 1 min")]
    public async Task A_rate_limit_is_reported_with_its_end_and_nothing_is_posted(
        int status, string message, string? header, int seconds, string token, string expected)
    {
        var value = header == "x-ratelimit-reset" ? DateTimeOffset.UtcNow.ToUnixTimeSeconds() + seconds : seconds;
        (string, string)[] headers = header is null ? [] :
            [("x-ratelimit-remaining", "0"), (header, value.ToString(CultureInfo.InvariantCulture))];
        await using var gitHub = await FakeGitHub.StartRefusingAsync(status, message, headers);
        await using var channel = await LoopbackServer.StartAsync(200);

        var run = await RunAsync(gitHub, ("API_TOKEN", token), ("CHANNEL_URL", channel.Address));

        run.ShouldEndWith(1);
        Assert.Matches(
            $"^GitHub's rate limit is used up until [0-9-]+T[0-9:]+Z, {expected}$", run.Errors.Trim());
        Assert.Single(gitHub.Received);
        Assert.Empty(channel.Received);
    }

    [Theory]
    [InlineData(401, "GitHub does not accept API_TOKEN: it is wrong or has expired")]
    [InlineData(403, "GitHub answered 403: said by GitHub")]
    [InlineData(404, "example/shop does not exist, or API_TOKEN may not see it")]
    [InlineData(301, "example/shop has moved: set REPOSITORY to its new name")]
    [InlineData(502, "GitHub answered 502: said by GitHub")]
    public async Task Every_other_refusal_says_what_to_do(int status, string expected)
    {
        await using var gitHub = await FakeGitHub.StartRefusingAsync(
            status, "said by GitHub", ("location", "/elsewhere"), ("x-ratelimit-remaining", "4999"));

        var run = await RunAsync(gitHub, ("API_TOKEN", "t0ken"));

        run.ShouldEndWith(1);
        Assert.Equal(expected, run.Errors.Trim());
        Assert.Single(gitHub.Received);
    }

    [Fact]
    public async Task The_token_never_goes_to_another_host()
    {
        await using var other = await LoopbackServer.StartAsync(200);
        await using var gitHub = await LoopbackServer.StartAsync(context =>
        {
            context.Response.Headers.Link = $"<{other.Address}/issues?page=2>; rel=\"next\"";
            return context.Response.WriteAsync("[]");
        });

        var run = await RunAsync(gitHub, ("API_TOKEN", "t0ken"));

        run.ShouldEndWith(1);
        Assert.Equal($"GitHub's next page is on another host: {other.Address}", run.Errors.Trim());
        Assert.Empty(other.Received);
    }

    [Fact]
    public async Task A_channel_that_refuses_fails_the_run_and_its_address_is_not_shown()
    {
        await using var gitHub = await FakeGitHub.StartAsync(pages: [[]]);
        await using var channel = await LoopbackServer.StartAsync(410);

        var run = await RunAsync(gitHub, ("CHANNEL_URL", $"{channel.Address}/hooks/s3cret"));

        run.ShouldEndWith(1);
        Assert.Equal("the channel answered 410; check CHANNEL_URL", run.Errors.Trim());
        Assert.DoesNotContain("s3cret", run.Everything, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Everything_wrong_with_the_settings_is_said_at_once()
    {
        var run = await example.RunAsync(
            ("GITHUB_API", "api.github.com"),
            ("CHANNEL_URL", "ftp://channel/s3cret"),
            ("REPOSITORY", "example/.."),
            ("API_TOKEN", "s3cret\n"));

        run.ShouldEndWith(2);
        Assert.Equal(
            """
            GITHUB_API: is not an address that begins with https:// or http://
            CHANNEL_URL: is not an address that begins with https:// or http://
            REPOSITORY: 'example/..' is not of the form owner/name
            API_TOKEN: contains white space; look for a line end at the end of the secret

            """,
            run.Errors);
    }

    [Fact]
    public async Task It_ends_at_once_on_SIGTERM()
    {
        await using var gitHub = await LoopbackServer.StartSilentAsync();
        using var terminate = new CancellationTokenSource();

        var running = example.RunAsync(
            [("GITHUB_API", gitHub.Address), ("REPOSITORY", "example/shop")], [], terminate.Token);
        await Task.WhenAny(gitHub.Reached, running);
        await terminate.CancelAsync();
        var run = await running;

        run.ShouldEndWith(143);
        Assert.Equal("stopped by SIGTERM before the summary was out", run.Errors.Trim());
    }

    private Task<ExampleRun> RunAsync(LoopbackServer gitHub, params (string, string)[] settings) =>
        example.RunAsync([("GITHUB_API", $"{gitHub.Address}/api/v3"), ("REPOSITORY", "example/shop"), .. settings]);
}
