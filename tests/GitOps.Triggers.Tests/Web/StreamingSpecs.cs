using System.Runtime.CompilerServices;
using GitOps.Triggers.Deployment;
using GitOps.Triggers.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace GitOps.Triggers.Tests.Web;

public sealed class StreamingSpecs
{
    private readonly DefaultHttpContext http = new();
    private readonly MemoryStream body = new();
    private readonly ApplicationLifetime lifetime = new(NullLogger<ApplicationLifetime>.Instance);

    public StreamingSpecs()
    {
        http.Response.Body = body;
        http.RequestServices = new ServiceCollection().AddSingleton<IHostApplicationLifetime>(lifetime).BuildServiceProvider();
    }

    [Fact]
    public async Task What_fails_before_the_first_line_is_an_answer_of_its_own()
    {
        var refused = await Assert.ThrowsAsync<ProblemException>(() => Streaming.LinesAsync(http, LinesAsync()));

        Assert.Equal((503, "the cluster is away"), (refused.Status, refused.Problem.Message));
        Assert.False(http.Response.HasStarted);
        Assert.Empty(Sent);
    }

    [Fact]
    public async Task What_fails_later_is_the_last_line()
    {
        await Streaming.LinesAsync(http, LinesAsync("first", "second"));

        Assert.Equal("first\nsecond\n--- The log breaks off here: the cluster is away ---\n", Sent);
    }

    [Fact]
    public async Task A_log_without_a_line_is_an_empty_answer()
    {
        await Streaming.LinesAsync(http, AsyncEnumerable.Empty<string>());

        Assert.Equal((200, ""), (http.Response.StatusCode, Sent));
    }

    [Fact]
    public async Task An_engine_that_stops_says_so_to_who_follows_and_ends_the_answer()
    {
        await Streaming.LinesAsync(http, StoppedAsync(TestContext.Current.CancellationToken));

        Assert.Equal("first\n--- The engine is stopping: follow the log again when it has started. ---\n", Sent);
    }

    private string Sent => System.Text.Encoding.UTF8.GetString(body.ToArray());

    private static async IAsyncEnumerable<string> LinesAsync(params string[] lines)
    {
        foreach (var line in lines)
            yield return line;
        await Task.Yield();
        throw new LogUnavailableException("the cluster is away", new IOException());
    }

    private async IAsyncEnumerable<string> StoppedAsync([EnumeratorCancellation] CancellationToken ct)
    {
        yield return "first";
        lifetime.StopApplication();
        await Task.Delay(Timeout.Infinite, ct);
    }
}
