using GitOps.Triggers.Logs;
using Xunit;

namespace GitOps.Triggers.Tests.Logs;

public sealed class TerminalTextSpecs
{
    [Theory]
    [InlineData("\u001b[1;31mred\u001b[0m", "red")]
    [InlineData("\u001b[2K\u001b[1Gprogress", "progress")]
    [InlineData("\u009b31mred", "red")]
    [InlineData("\u001b]0;a title\u0007text", "text")]
    [InlineData("\u001b]8;;https://example.com\u001b\\link\u001b]8;;\u001b\\", "link")]
    [InlineData("\u001b(Btext\u001b=", "text")]
    [InlineData("plain text, <b>HTML</b> & ::set-env", "plain text, <b>HTML</b> & ::set-env")]
    public void Escape_sequences_are_taken_out(string written, string shown) =>
        Assert.Equal(shown, TerminalText.SpellOut(TerminalText.WithoutEscapes(written)));

    [Theory]
    [InlineData("\u001b]0;an unterminated title", "\\u001b]0;an unterminated title")]
    [InlineData("a\nb\rc\0d", "a\\u000ab\\u000dc\\u0000d")]
    [InlineData("a\u2028b\u202eevil", "a\\u2028b\\u202eevil")]
    [InlineData("tab\tis fine, so is ø, 日本 and 😀", "tab\tis fine, so is ø, 日本 and 😀")]
    public void Other_characters_that_cannot_be_seen_are_spelt_out(string written, string shown) =>
        Assert.Equal(shown, TerminalText.SpellOut(TerminalText.WithoutEscapes(written)));

    [Fact]
    public void A_million_beginnings_of_an_escape_sequence_are_dealt_with_quickly()
    {
        var text = string.Concat(Enumerable.Repeat("\u001b]0;", 250_000));
        var started = TimeProvider.System.GetTimestamp();

        var plain = TerminalText.SpellOut(TerminalText.WithoutEscapes(text));

        Assert.DoesNotContain('\u001b', plain);
        Assert.True(TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromSeconds(5));
    }
}
