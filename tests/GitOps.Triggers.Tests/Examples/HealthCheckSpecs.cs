using Microsoft.AspNetCore.Http;
using Xunit;

namespace GitOps.Triggers.Tests.Examples;

public sealed class HealthCheckSpecs(HealthCheckImage example) : IClassFixture<HealthCheckImage>
{
    [Fact]
    public async Task Targets_that_answer_as_expected_are_healthy()
    {
        await using var server = await LoopbackServer.StartAsync(AnswerByPathAsync);

        var run = await example.RunAsync(
            ("TRIGGER_ENVIRONMENT", "prod"),
            ("TARGETS",
             $"""
              # a comment, and a line without anything

              {server.Address}/200
              {server.Address}/204   status=200,204 within=30s
              {server.Address}/301   status=301
              """));

        run.ShouldEndWith(0);
        Assert.Equal(4, run.Lines.Count);
        Assert.Matches($"^ok   200 +[0-9]+ ms  {server.Address}/200$", run.Lines[0]);
        Assert.Matches($"^ok   204 +[0-9]+ ms  {server.Address}/204$", run.Lines[1]);
        Assert.Matches($"^ok   301 +[0-9]+ ms  {server.Address}/301$", run.Lines[2]);
        Assert.Equal("prod: 3 of 3 targets healthy", run.Lines[3]);
        Assert.DoesNotContain(server.Received, request => request.PathAndQuery == "/followed");
    }

    [Fact]
    public async Task An_unhealthy_target_fails_the_run_and_does_not_hide_the_others()
    {
        await using var server = await LoopbackServer.StartAsync(AnswerByPathAsync);
        await using var dripping = new DrippingServer();

        var run = await example.RunAsync(
            ("TIMEOUT", "1s"),
            ("MAX_LATENCY", "900ms"),
            ("TARGETS",
             $"""
              {server.Address}/503
              {server.Address}/200 status=204
              {server.Address}/slow within=20ms
              {server.Address}/silent
              {dripping.Address}
              http://127.0.0.1:1/closed
              {server.Address}/200
              """));

        run.ShouldEndWith(1);
        Assert.Matches("^FAIL 503 .*/503  expected 200$", run.Lines[0]);
        Assert.Matches("^FAIL 200 .*/200  expected 204$", run.Lines[1]);
        Assert.Matches("^FAIL 200 .*/slow  slower than 20 ms$", run.Lines[2]);
        Assert.Matches("^FAIL   -   1000 ms .*/silent  no answer within 1 s$", run.Lines[3]);
        Assert.Matches("^FAIL   -   1000 ms .*  no answer within 1 s$", run.Lines[4]);
        Assert.Matches("^FAIL   - .*/closed  ConnectionRefusedError: Connection refused$", run.Lines[5]);
        Assert.Matches("^ok   200 ", run.Lines[6]);
        Assert.Equal("no environment: 1 of 7 targets healthy", run.Lines[7]);
    }

    [Fact]
    public async Task A_key_in_the_query_reaches_the_target_and_no_log()
    {
        await using var server = await LoopbackServer.StartAsync(503);

        var run = await example.RunAsync(("TARGETS", $"{server.Address}/health?key=s3cret"));

        run.ShouldEndWith(1);
        Assert.Equal("/health?key=s3cret", Assert.Single(server.Received).PathAndQuery);
        Assert.Contains($"{server.Address}/health  expected 200", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", run.Everything, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Everything_wrong_with_the_settings_is_said_at_once()
    {
        var run = await example.RunAsync(
            ("TIMEOUT", "5 minutes"),
            ("EXPECT_STATUS", "2xx"),
            ("MAX_LATENCY", "0ms"),
            ("TARGETS",
             """
             ftp://files.example.com
             https://me:s3cret@example.com
             https://example.com fast=yes
             https://example.com within=1h
             file:///etc/passwd
             https://example.com/größe
             """));

        run.ShouldEndWith(2);
        Assert.Empty(run.Output);
        Assert.Equal(
            [
                "TIMEOUT: '5 minutes' is not a duration such as 500ms or 5s",
                "EXPECT_STATUS: '2xx' is not a list of HTTP statuses such as 200,204",
                "MAX_LATENCY: '0ms' is not a duration such as 500ms or 5s",
                "TARGETS line 1: 'ftp://files.example.com' is not an address such as https://example.com/health",
                "TARGETS line 2: an address cannot hold a user name or password",
                "TARGETS line 3: 'fast=yes' is not known; after the address there may be status=… and within=…",
                "TARGETS line 4: '1h' is not a duration such as 500ms or 5s",
                "TARGETS line 5: 'file:///etc/passwd' is not an address such as https://example.com/health",
                @"TARGETS line 6: 'https://example.com/gr\xf6\xdfe' holds characters that have to be percent-encoded",
            ],
            run.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Theory]
    [InlineData(0, "TARGETS: give at least one address, one per line")]
    [InlineData(51, "TARGETS: 51 addresses, at most 50; split them over several triggers")]
    public async Task Too_few_or_too_many_targets_are_refused(int count, string message)
    {
        var run = await example.RunAsync(
            ("TARGETS", string.Join('\n', Enumerable.Repeat("https://example.com", count))));

        run.ShouldEndWith(2);
        Assert.Equal(message, run.Errors.Trim());
    }

    [Fact]
    public async Task It_ends_at_once_on_SIGTERM()
    {
        await using var server = await LoopbackServer.StartSilentAsync();
        using var terminate = new CancellationTokenSource();

        var running = example.RunAsync([("TIMEOUT", "60s"), ("TARGETS", server.Address)], [], terminate.Token);
        await Task.WhenAny(server.Reached, running);
        await terminate.CancelAsync();
        var run = await running;

        run.ShouldEndWith(143);
        Assert.Contains("stopped by SIGTERM before all targets had answered", run.Errors, StringComparison.Ordinal);
    }

    private static Task AnswerByPathAsync(HttpContext context)
    {
        switch (context.Request.Path.Value)
        {
            case "/silent":
                return LoopbackServer.SilenceAsync(context);
            case "/slow":
                return Task.Delay(TimeSpan.FromMilliseconds(50));
            case "/301":
                context.Response.Redirect("/followed", permanent: true);
                return Task.CompletedTask;
            case { } path:
                context.Response.StatusCode = int.Parse(path.AsSpan(1), System.Globalization.CultureInfo.InvariantCulture);
                return Task.CompletedTask;
            default:
                throw new InvalidOperationException("a request always has a path");
        }
    }
}
