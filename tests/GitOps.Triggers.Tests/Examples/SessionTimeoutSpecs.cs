using System.Globalization;
using System.Text.Json;
using Xunit;

namespace GitOps.Triggers.Tests.Examples;

public sealed class SessionTimeoutSpecs(SessionTimeoutImage example) : IClassFixture<SessionTimeoutImage>
{
    private const string Sessions = "/etc/app/sessions.tsv";

    // Half a minute more than whole minutes: what is printed does not depend on how long the container takes to start.
    private readonly DateTimeOffset _now = DateTimeOffset.UtcNow.AddSeconds(-30);

    [Fact]
    public async Task It_runs_without_any_configuration_and_says_where_it_runs()
    {
        var run = await example.RunAsync(
            ("TRIGGER_ENVIRONMENT", "dev"),
            ("TRIGGER_COMMIT", "0123abc"),
            ("TRIGGER_SCHEDULED_TIME", "2026-01-31T08:00:00Z"));

        run.ShouldEndWith(0);
        Assert.Equal(
            [
                "environment dev, commit 0123abc, scheduled for 2026-01-31T08:00:00Z",
                "SESSIONS_FILE is not set: showing a sample",
                "The session of warehouse-scanner has timed out: idle for 75 minutes, the limit is 30.",
                "The session of night-shift has timed out: idle for 660 minutes, the limit is 30.",
                "4 sessions read, 2 timed out, 0 problems",
            ],
            run.Lines);
        Assert.Empty(run.Errors);
    }

    [Fact]
    public async Task I_can_write_times_as_seconds_or_as_dates_with_and_without_an_offset()
    {
        var run = await RunAsync(
            $"""
            # user, last seen

            seconds	{Seconds(46)}
            utc	{Iso(47)}Z
            offset	{Iso(48 - 120)}+02:00
            west	{Iso(49 + 90)}.123-01:30
            windows	{Seconds(50)}{'\r'}
            active	{Iso(44)}Z
            just-now	{Seconds(0)}
            """,
            ("IDLE_MINUTES", "45"));

        run.ShouldEndWith(0);
        Assert.Equal(
            [
                "The session of seconds has timed out: idle for 46 minutes, the limit is 45.",
                "The session of utc has timed out: idle for 47 minutes, the limit is 45.",
                "The session of offset has timed out: idle for 48 minutes, the limit is 45.",
                "The session of west has timed out: idle for 49 minutes, the limit is 45.",
                "The session of windows has timed out: idle for 50 minutes, the limit is 45.",
                "7 sessions read, 5 timed out, 0 problems",
            ],
            run.Lines.Skip(1));
    }

    [Fact]
    public async Task Every_message_arrives_at_the_webhook_whatever_the_name_of_the_user()
    {
        await using var webhook = await LoopbackServer.StartAsync(204);

        var run = await RunAsync(
            $"front \"desk\" \\1 $(id) %s\t{Seconds(31)}\nkiosk\u001b[31m\t{Seconds(90)}\n",
            ("WEBHOOK_URL", $"{webhook.Address}/services/hook"));

        run.ShouldEndWith(0);
        Assert.Equal(
            [
                "The session of front \"desk\" \\1 $(id) %s has timed out: idle for 31 minutes, the limit is 30.",
                "The session of kiosk?[31m has timed out: idle for 90 minutes, the limit is 30.",
            ],
            webhook.Received.Select(TextOf));
        Assert.All(webhook.Received, request =>
        {
            Assert.Equal("POST /services/hook", $"{request.Method} {request.PathAndQuery}");
            Assert.Equal("application/json", request.Headers["Content-Type"]);
        });
    }

    [Fact]
    public async Task Nothing_is_posted_while_nobody_is_idle()
    {
        await using var webhook = await LoopbackServer.StartAsync(200);

        var run = await RunAsync($"kiosk\t{Seconds(5)}\n", ("WEBHOOK_URL", webhook.Address));

        run.ShouldEndWith(0);
        Assert.Contains("1 sessions read, 0 timed out, 0 problems", run.Lines);
        Assert.Empty(webhook.Received);
    }

    [Fact]
    public async Task A_line_that_cannot_be_read_is_named_and_the_others_are_handled()
    {
        var run = await RunAsync(
            $"""
            only-a-user
            impossible	2026-02-31T08:00:00Z
            milliseconds	{Seconds(0)}000
            	{Seconds(99)}
            three	columns	{Seconds(99)}
            kiosk	{Seconds(31)}
            """);

        run.ShouldEndWith(1);
        Assert.Contains($"{Sessions}:1: expected a user, a tab and a time; saw 1 column;", run.Errors, StringComparison.Ordinal);
        Assert.Contains($"{Sessions}:2: '2026-02-31T08:00:00Z' is neither seconds", run.Errors, StringComparison.Ordinal);
        Assert.Contains($"{Sessions}:3: '{Seconds(0)}000' lies in the future", run.Errors, StringComparison.Ordinal);
        Assert.Contains($"{Sessions}:4: the user is empty;", run.Errors, StringComparison.Ordinal);
        Assert.Contains($"{Sessions}:5: expected a user, a tab and a time; saw 3 columns;", run.Errors, StringComparison.Ordinal);
        Assert.Equal("The session of kiosk has timed out: idle for 31 minutes, the limit is 30.", run.Lines[1]);
        Assert.Equal("1 sessions read, 1 timed out, 5 problems", run.Lines[2]);
    }

    [Fact]
    public async Task A_webhook_that_refuses_fails_the_run_and_its_address_is_not_shown()
    {
        await using var webhook = await LoopbackServer.StartAsync(500);

        var run = await RunAsync($"kiosk\t{Seconds(31)}\n", ("WEBHOOK_URL", $"{webhook.Address}/services/s3cret"));

        run.ShouldEndWith(1);
        Assert.Contains("HTTP/1.1 500", run.Errors, StringComparison.Ordinal);
        Assert.Contains("not sent, the webhook did not take it: The session of kiosk", run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", run.Everything, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("IDLE_MINUTES", "0", "IDLE_MINUTES is '0': give whole minutes, at least 1")]
    [InlineData("IDLE_MINUTES", "half an hour", "IDLE_MINUTES is 'half an hour': give whole minutes, at least 1")]
    [InlineData("SESSIONS_FILE", "/nowhere", "SESSIONS_FILE is '/nowhere', which is not a file: mount it")]
    [InlineData("SESSIONS_FILE", "", "the sample is for looking at, and is never posted")]
    [InlineData("WEBHOOK_URL", "ftp://host/s3cret", "WEBHOOK_URL does not begin with http:// or https://")]
    [InlineData("WEBHOOK_URL", "http://host/s3cret\n", "WEBHOOK_URL contains white space")]
    [InlineData("WEBHOOK_URL", "https://host/s3cret", "this base image has no CA certificates")]
    public async Task A_wrong_setting_is_refused_before_anything_is_sent(string name, string value, string message)
    {
        var run = await RunAsync($"kiosk\t{Seconds(31)}\n", ("WEBHOOK_URL", "http://127.0.0.1:1/s3cret"), (name, value));

        run.ShouldEndWith(2);
        Assert.Contains(message, run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", run.Everything, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_ends_at_once_on_SIGTERM_and_says_how_far_it_came()
    {
        await using var webhook = await LoopbackServer.StartSilentAsync();
        using var terminate = new CancellationTokenSource();

        var running = example.RunAsync(
            [("SESSIONS_FILE", Sessions), ("WEBHOOK_URL", webhook.Address)],
            [(Sessions, $"kiosk\t{Seconds(31)}\n")],
            terminate.Token);
        await Task.WhenAny(webhook.Reached, running);
        await terminate.CancelAsync();
        var run = await running;

        run.ShouldEndWith(143);
        Assert.Contains("stopped by SIGTERM: 0 of 1 messages are out", run.Errors, StringComparison.Ordinal);
    }

    private Task<ExampleRun> RunAsync(string sessions, params (string, string)[] settings) =>
        example.RunAsync([("SESSIONS_FILE", Sessions), .. settings], [(Sessions, sessions)], CancellationToken.None);

    private string Seconds(int minutesAgo) =>
        _now.AddMinutes(-minutesAgo).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    private string Iso(int minutesAgo) =>
        _now.AddMinutes(-minutesAgo).ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);

    private static string? TextOf(ReceivedRequest request) =>
        JsonDocument.Parse(request.Body).RootElement.GetProperty("text").GetString();
}
