using GitOps.Triggers.Builds;
using Xunit;

namespace GitOps.Triggers.Tests.Builds;

public sealed class DockerfileLinesSpecs
{
    private const string Dockerfile = """
        # syntax=docker/dockerfile:1
        FROM scratch AS build

        RUN make \
            # a comment between
            && make   install
        RUN twice
        RUN twice
          COPY a b
        """;

    [Theory]
    [InlineData("FROM scratch AS build", 2)]
    [InlineData("RUN make     && make install", 4)]
    [InlineData("RUN make && make install", 4)]
    [InlineData("COPY a b", 9)]
    [InlineData("RUN twice", null)]
    [InlineData("RUN never", null)]
    [InlineData("", null)]
    public void A_step_is_found_however_its_builder_prints_it(string step, int? line) =>
        Assert.Equal(line, DockerfileLines.Find(Dockerfile, step));

    [Fact]
    public void Line_ends_of_Windows_and_a_step_without_end_do_no_harm() =>
        Assert.Equal(2, DockerfileLines.Find("FROM scratch\r\nRUN a \\\r\n  b\r\nRUN c \\", "RUN a   b"));

    [Fact]
    public void Steps_are_found_past_here_documents_and_another_escape_character()
    {
        Assert.Equal(5, DockerfileLines.Find("FROM scratch\nCOPY <<EOF /file\nRUN make\nEOF\nRUN make\n", "RUN make"));
        Assert.Equal(3, DockerfileLines.Find("# escape=`\nFROM scratch\nRUN dir `\n  c:\\\nRUN make\n", "RUN dir   c:\\"));
    }

    [Fact]
    public void A_step_of_a_quarter_of_a_million_lines_is_found_in_no_time()
    {
        var clock = System.Diagnostics.Stopwatch.StartNew();

        Assert.Equal(2, DockerfileLines.Find("FROM scratch\nRUN a" + string.Concat(Enumerable.Repeat("\\\n", 500_000)) + "b", "RUN ab"));
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(5));
    }
}
