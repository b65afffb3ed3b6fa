using System.Text;
using GitOps.Triggers.Domain;
using Xunit;

namespace GitOps.Triggers.Tests.Domain;

public sealed class LineSplitterSpecs
{
    private readonly List<string> lines = [];

    [Theory]
    [InlineData("one\ntwo\n", "one|two")]
    [InlineData("one\r\ntwo\r\n", "one|two")]
    [InlineData("10%\r20%\rdone\n", "10%|20%|done")]
    [InlineData("one\n\n\ntwo", "one|||two")]
    [InlineData("no newline", "no newline")]
    [InlineData("", "")]
    public void Lines_end_as_programs_end_them_however_they_arrive(string text, string expected)
    {
        for (var size = 1; size <= Math.Max(1, text.Length); size++)
        {
            lines.Clear();
            var splitter = new LineSplitter(lines.Add);
            foreach (var part in text.Chunk(size))
                splitter.Push(part);
            splitter.Complete();
            Assert.Equal(expected, string.Join('|', lines));
        }
    }

    [Fact]
    public void A_line_without_end_is_held_in_bounded_memory()
    {
        var splitter = new LineSplitter(lines.Add);
        for (var part = 0; part < 1_000; part++)
            splitter.Push(new string('x', 10_000));
        splitter.Push("\nnext\n");
        splitter.Complete();

        Assert.Equal([new string('x', LineSplitter.LongestLine), "next"], lines);
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("one\n", "one")]
    [InlineData("one\n\ntwo\nthree", "one||two|three")]
    [InlineData("a\rb\r\nc", "a\rb\r|c")]
    public async Task Where_returns_are_text_a_line_ends_with_a_line_feed_and_with_the_stream(string text, string expected) =>
        Assert.Equal(expected, string.Join('|', await ReadAsync(text)));

    [Fact]
    public async Task What_goes_across_two_chunks_stays_whole()
    {
        var text = string.Concat(Enumerable.Repeat("äöü€𝄞 ", 5_000));

        Assert.Equal([text, "end"], await ReadAsync(text + "\nend\n"));
    }

    private static async Task<IReadOnlyList<string>> ReadAsync(string text)
    {
        var read = new List<string>();
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
        await foreach (var line in LineSplitter.ReadAsync(stream, atReturns: false, TestContext.Current.CancellationToken))
            read.Add(line);
        return read;
    }
}
