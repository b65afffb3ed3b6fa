using GitOps.Triggers.Domain;
using GitOps.Triggers.Web;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace GitOps.Triggers.Tests.Cli;

/// <summary>What a command says when the engine does not answer as it should.</summary>
public sealed class EngineAnswerSpecs : IAsyncLifetime
{
    private TestEngine engine = null!;

    public async ValueTask InitializeAsync() => engine = await TestEngine.StartAsync();

    public ValueTask DisposeAsync() => engine.DisposeAsync();

    [Theory]
    [InlineData(409, 2)]
    [InlineData(404, 2)]
    [InlineData(503, 3)]
    public async Task A_refusal_of_my_request_ends_with_2_and_an_outage_behind_the_engine_with_3(int status, int exitCode)
    {
        (engine.RefusalStatus, engine.Refusal) = (status, new Problem("It cannot be done.", "Try it again."));

        var run = await engine.RunAsync("run", "nightly");

        Assert.Equal((exitCode, "error: It cannot be done.\n  Try it again.\n"), (run.ExitCode, run.Notes));
    }

    [Fact]
    public async Task Another_service_that_answers_is_told_from_the_engine()
    {
        engine.Instead = http => http.Response.WriteAsync("<html>welcome</html>");

        var run = await engine.RunAsync("status");

        Assert.Equal(3, run.ExitCode);
        Assert.StartsWith($"error: What answers at {engine.Url} is no engine of this version", run.Notes, StringComparison.Ordinal);
        Assert.DoesNotContain("defect", run.Notes, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_log_that_I_follow_ends_in_words_when_the_engine_stops()
    {
        engine.Runs = [ApiData.Run(RunState.Running)];
        engine.Instead = http =>
        {
            if (!http.Request.Path.Value!.EndsWith("/log", StringComparison.Ordinal))
                return null;
            // More than comes.
            http.Response.ContentLength = 1_000;
            return http.Response.WriteAsync("first line\n");
        };

        var run = await engine.RunAsync("logs", "nightly", "-f");

        Assert.Equal((3, "first line\n"), (run.ExitCode, run.Output));
        Assert.Contains("ended before it was complete", run.Notes, StringComparison.Ordinal);
        Assert.DoesNotContain("defect", run.Notes, StringComparison.Ordinal);
    }
}
