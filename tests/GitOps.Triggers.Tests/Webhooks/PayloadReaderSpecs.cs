using System.Buffers;
using System.Text;
using GitOps.Triggers.Webhooks;
using Xunit;

namespace GitOps.Triggers.Tests.Webhooks;

public class PayloadReaderSpecs
{
    private const string Merged = """
        {"action":"closed","number":2,"pull_request":{"head":{"ref":"feature","repo":{"clone_url":"https://evil.example/x.git"}},
        "base":{"label":"example:prod","ref":"prod","repo":{"ref":"no","full_name":"no/no","url":"https://evil.example"}},"merged":true,"ref":"no","labels":[{"ref":"no"}]},
        "repository":{"full_name":"example/jobs","owner":{"url":"https://evil.example","full_name":"no"},"topics":["clone_url"],"clone_url":"https://github.com/example/jobs.git",
        "ssh_url":"git@github.com:example/jobs.git","html_url":"https://github.com/example/jobs","url":"https://api.github.com/repos/example/jobs"},
        "sender":{"url":"https://evil.example","repository":{"full_name":"no/no"}}}
        """;

    private static readonly Payload Expected = new()
    {
        Action = "closed",
        Merged = true,
        BaseRef = "prod",
        FullName = "example/jobs",
        CloneUrl = "https://github.com/example/jobs.git",
        SshUrl = "git@github.com:example/jobs.git",
        HtmlUrl = "https://github.com/example/jobs",
        Url = "https://api.github.com/repos/example/jobs",
    };

    [Fact]
    public void Values_are_taken_from_their_own_place_only()
    {
        Assert.Equal(Expected, Read(Encoding.UTF8.GetBytes(Merged), int.MaxValue).Payload);
    }

    [Fact]
    public void It_makes_no_difference_where_a_body_is_cut_into_pieces()
    {
        var body = Encoding.UTF8.GetBytes(Merged);

        for (var size = 1; size < 200; size++)
            Assert.Equal(Expected, Read(body, size).Payload);
    }

    [Theory]
    [InlineData("""{"ref":"a","ref":"b"}""", "b")]
    [InlineData("""{"r\u0065f":"esc\u0061ped"}""", "escaped")]
    [InlineData("""{"ref":"a","ref":null}""", null)]
    [InlineData("""{"ref":{"ref":"x"}}""", null)]
    [InlineData("""{"ref":"a","ref":{"ref":"x"}}""", null)]
    [InlineData("""[{"ref":"x"}]""", null)]
    [InlineData("""{"x":[{"ref":"x"}],"ref":"y"}""", "y")]
    public void A_ref_is_a_text_at_the_root(string body, string? expected) =>
        Assert.Equal(expected, Read(Encoding.UTF8.GetBytes(body), 3).Payload.Ref);

    [Theory]
    [InlineData("\"true\"")]
    [InlineData("\"True\"")]
    [InlineData("1")]
    [InlineData("null")]
    [InlineData("{}")]
    public void Only_true_is_true(string value)
    {
        var payload = Read(Encoding.UTF8.GetBytes($$"""{"deleted":{{value}},"pull_request":{"merged":{{value}} } }"""), 5).Payload;

        Assert.False(payload.Deleted);
        Assert.False(payload.Merged);
    }

    [Fact]
    public void An_absurdly_long_value_is_none()
    {
        var body = Encoding.UTF8.GetBytes($$"""{"ref":"{{new string('x', 3_000)}}"}""");

        Assert.Null(Read(body, 1_000).Payload.Ref);
        Assert.Null(Read(body, 1_000).Problem);
    }

    [Fact]
    public void A_problem_says_where_and_shows_nothing_of_the_body()
    {
        var problem = Read("{\n  \"ref\": secret"u8.ToArray(), 4).Problem;

        Assert.Equal("is not JSON that can be read (line 2, byte 10; at most 64 levels deep)", problem);
    }

    internal static PayloadReader Read(byte[] body, int size)
    {
        var reader = new PayloadReader();
        var left = 0;
        for (var end = Math.Min(size, body.Length); ; end = Math.Min(end + size, body.Length))
        {
            var piece = new ReadOnlySequence<byte>(body, left, end - left);
            left += (int)piece.Slice(0, reader.Read(piece, end == body.Length)).Length;
            if (end == body.Length)
                return reader;
        }
    }
}
