using System.Text;
using GitOps.Triggers.Clusters;
using Xunit;

namespace GitOps.Triggers.Tests.Clusters;

public sealed class BoundedLinesSpecs
{
    [Theory]
    [InlineData("", "")]
    [InlineData("one\n", "one")]
    [InlineData("one\n\ntwo\nthree", "one||two|three")]
    [InlineData("a\rb\r\nc", "a\rb\r|c")]
    public async Task A_line_ends_with_a_line_feed_and_with_the_stream(string text, string lines) =>
        Assert.Equal(lines, string.Join('|', await ReadAsync(text)));

    [Fact]
    public async Task What_goes_across_two_chunks_stays_whole()
    {
        var text = string.Concat(Enumerable.Repeat("äöü€𝄞 ", 5_000));

        Assert.Equal([text, "end"], await ReadAsync(text + "\nend\n"));
    }

    [Fact]
    public async Task A_line_without_an_end_is_cut_and_the_next_one_is_read()
    {
        var lines = await ReadAsync(new string('x', 10 * BoundedLines.Longest) + "\nend\n");

        Assert.Equal([BoundedLines.Longest, 3], lines.Select(line => line.Length));
    }

    private static async Task<IReadOnlyList<string>> ReadAsync(string text)
    {
        var lines = new List<string>();
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
        await foreach (var line in BoundedLines.ReadAsync(stream, TestContext.Current.CancellationToken))
            lines.Add(line);
        return lines;
    }
}
