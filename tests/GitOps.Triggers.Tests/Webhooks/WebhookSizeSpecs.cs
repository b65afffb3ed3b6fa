using System.Net;
using System.Text;
using GitOps.Triggers.Tests.Intake;
using Xunit;

namespace GitOps.Triggers.Tests.Webhooks;

public class WebhookSizeSpecs
{
    private const long Limit = 25L << 20;
    private const string Headers = "X-GitHub-Event: push\r\nX-GitHub-Delivery: 72d3162e-cc78-11e3-81ab-4c9367dc0958\r\nContent-Type: application/json\r\n";

    private static readonly string Plausible = "X-Hub-Signature-256: sha256=" + new string('0', 64) + "\r\n";

    [Fact]
    public async Task A_body_declared_too_long_is_refused_before_any_of_it_is_sent()
    {
        await using var door = await WebhookDoor.OpenAsync();
        using var connection = await RawConnection.OpenAsync(door.Address, TestContext.Current.CancellationToken);

        await connection.HeadAsync($"Content-Length: {Limit + 1}", TestContext.Current.CancellationToken);

        Assert.Equal(413, await connection.StatusAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    [Threat(1)]
    public async Task A_body_of_exactly_the_limit_is_taken_and_one_byte_more_is_not()
    {
        await using var door = await WebhookDoor.OpenAsync(IntakeEngine.DevAndProd with { Limits = new() { WebhookBody = 4_000 } });
        var push = SignedDelivery.Push();
        var exact = push with { Body = [.. push.Body, .. new byte[4_000 - push.Body.Length].Select(_ => (byte)' ')] };

        Assert.Equal(HttpStatusCode.Accepted, await door.StatusAsync(exact));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await door.StatusAsync(exact with { Body = [.. exact.Body, (byte)' '] }));
    }

    [Fact]
    public async Task The_size_is_judged_before_the_content_type_and_the_signature()
    {
        await using var door = await WebhookDoor.OpenAsync();
        using var connection = await RawConnection.OpenAsync(door.Address, TestContext.Current.CancellationToken);
        await connection.HeadAsync("Content-Type: text/plain\r\nTransfer-Encoding: chunked", TestContext.Current.CancellationToken);

        var sending = connection.ChunksForEverAsync(new byte[64 << 10], TestContext.Current.CancellationToken);

        Assert.Equal(413, await connection.StatusAsync(TestContext.Current.CancellationToken));
        connection.Dispose();
        Assert.InRange(await sending, Limit - (64 << 10), long.MaxValue);
    }

    [Fact]
    public async Task A_chunked_body_that_is_refused_anyway_is_read_to_its_end_and_the_connection_stays_usable()
    {
        await using var door = await WebhookDoor.OpenAsync();
        using var connection = await RawConnection.OpenAsync(door.Address, TestContext.Current.CancellationToken);
        await connection.HeadAsync("Content-Type: text/plain\r\nTransfer-Encoding: chunked", TestContext.Current.CancellationToken);

        await connection.SendAsync("3\r\nabc\r\n0\r\n\r\n"u8.ToArray(), TestContext.Current.CancellationToken);

        Assert.Equal(415, await connection.StatusAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    [Threat(1)]
    public async Task A_hundred_endless_bodies_at_once_cost_little_memory_and_keep_no_delivery_out()
    {
        // A fifth of the real limit: a hundred times it has to pass through this machine.
        await using var door = await WebhookDoor.OpenAsync(IntakeEngine.DevAndProd with { Limits = new() { WebhookBody = Limit / 5 } });
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        stop.CancelAfter(TimeSpan.FromMinutes(2));
        GC.Collect();
        var before = Environment.WorkingSet;
        // One value without an end: the worst there is for a reader that streams.
        var chunk = Encoding.ASCII.GetBytes(new string('x', 64 << 10));

        var attackers = Enumerable.Range(0, 100).Select(async _ =>
        {
            using var connection = await RawConnection.OpenAsync(door.Address, stop.Token);
            await connection.HeadAsync($"{Headers}{Plausible}Transfer-Encoding: chunked", stop.Token);
            await connection.ChunkAsync("{\"x\":\""u8.ToArray(), stop.Token);
            var sending = connection.ChunksForEverAsync(chunk, stop.Token);
            var status = await connection.StatusAsync(stop.Token);
            connection.Dispose();
            await sending;
            return status;
        }).ToList();
        var highest = 0L;
        do
        {
            Assert.Equal(HttpStatusCode.Accepted, await door.StatusAsync(SignedDelivery.Push()));
            highest = Math.Max(highest, Environment.WorkingSet - before);
        }
        while (!attackers.TrueForAll(attacker => attacker.IsCompleted));

        Assert.All(await Task.WhenAll(attackers), status => Assert.Equal(413, status));
        Assert.InRange(highest, long.MinValue, 400L << 20);
    }

    [Fact]
    public async Task A_long_body_is_read_without_being_held()
    {
        await using var door = await WebhookDoor.OpenAsync();
        var commits = string.Join(",", Enumerable.Range(0, 20_000).Select(number => $$"""{"id":"{{number:d40}}","message":"{{new string('m', 900)}}"}"""));
        var body = $$"""{"commits":[{{commits}}],"repository":{"clone_url":"https://github.com/example/jobs.git"},"ref":"refs/heads/main"}""";
        Assert.InRange(body.Length, 18L << 20, Limit);

        Assert.Equal(HttpStatusCode.Accepted, await door.StatusAsync(SignedDelivery.Of(body)));

        Assert.Equal(door.Engine.Key("dev"), Assert.Single(await door.Engine.Work.ListAsync(CancellationToken.None)).Key);
    }

    [Theory]
    [InlineData(900 << 10, HttpStatusCode.Accepted)]
    [InlineData(3 << 20, HttpStatusCode.BadRequest)]
    public async Task A_single_value_may_have_a_megabyte(int length, HttpStatusCode expected)
    {
        await using var door = await WebhookDoor.OpenAsync();

        var body = $$"""{"head_commit":{"message":"{{new string('m', length)}}"},"ref":"refs/heads/main","repository":{"clone_url":"https://github.com/example/jobs.git"} }""";

        Assert.Equal(expected, await door.StatusAsync(SignedDelivery.Of(body)));
    }

    [Fact]
    public async Task A_body_that_ends_early_is_not_stored()
    {
        await using var door = await WebhookDoor.OpenAsync();
        var push = SignedDelivery.Push();
        using (var connection = await RawConnection.OpenAsync(door.Address, TestContext.Current.CancellationToken))
        {
            await connection.HeadAsync($"{Headers}X-Hub-Signature-256: {SignedDelivery.Sign(push.Body, push.Secret)}\r\nContent-Length: {push.Body.Length + 10}", TestContext.Current.CancellationToken);
            await connection.SendAsync(push.Body, TestContext.Current.CancellationToken);
        }

        Assert.Equal(HttpStatusCode.Accepted, await door.StatusAsync(SignedDelivery.Push("prod")));
        Assert.Equal(door.Engine.Key("prod"), Assert.Single(await door.Engine.Work.ListAsync(CancellationToken.None)).Key);
    }
}
