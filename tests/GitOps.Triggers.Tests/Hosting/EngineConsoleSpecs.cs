using GitOps.Triggers.Domain;
using GitOps.Triggers.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace GitOps.Triggers.Tests.Hosting;

public class EngineConsoleSpecs
{
    [Fact]
    [Threat(25)]
    public void A_secret_that_was_read_after_the_start_is_in_no_line_of_the_log_and_in_no_exception()
    {
        var vault = new SecretVault();
        var console = new EngineConsole(vault, new FakeTimeProvider());
        vault.Learn("/srv/token", "canary-7f3a");

        var line = Written(console, "fetching with canary-7f3a", new IOException("canary-7f3a was refused"));

        Assert.DoesNotContain("canary-7f3a", line, StringComparison.Ordinal);
        Assert.Contains("fetching with ***", line, StringComparison.Ordinal);
        Assert.Contains("*** was refused", line, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_a_secret_that_a_long_message_is_cut_in_nothing_is_left()
    {
        var vault = new SecretVault();
        vault.Learn("/srv/token", "canary-7f3a");

        var line = Written(new EngineConsole(vault, new FakeTimeProvider()), new string('x', 3_990) + "canary-7f3a and more" + new string('y', 500), new IOException("no"));

        Assert.DoesNotContain("canary", line, StringComparison.Ordinal);
    }

    /// <summary>Neither a message nor an exception, which may hold the words of a git host, makes a line that looks like the log's own, or steers a terminal.</summary>
    [Fact]
    [Threat(26)]
    public void What_others_say_is_one_line_of_a_message_and_indented_ones_of_an_exception()
    {
        const string Said = "no\n2026-01-01T00:00:00.000Z info  Engine: all is well\r\n::set-env name=x::y\u001b[2J";

        var lines = Written(new EngineConsole(new SecretVault(), new FakeTimeProvider()), Said, new IOException(Said)).TrimEnd('\n').Split('\n');

        Assert.DoesNotContain(lines, line => line.Contains('\u001b', StringComparison.Ordinal) || line.Contains('\r', StringComparison.Ordinal));
        Assert.Contains("\\u000a2026-01-01", lines[0], StringComparison.Ordinal);
        Assert.All(lines[1..], line => Assert.StartsWith("    ", line, StringComparison.Ordinal));
    }

    private static string Written(EngineConsole console, string message, Exception failure)
    {
        using var output = new StringWriter();
        console.Write(new LogEntry<string>(LogLevel.Warning, "Engine.Test", default, message, failure, (state, _) => state), null, output);
        return output.ToString();
    }
}
