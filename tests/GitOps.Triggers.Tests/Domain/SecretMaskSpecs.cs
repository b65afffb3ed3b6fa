using System.Text;
using GitOps.Triggers.Domain;
using Xunit;

namespace GitOps.Triggers.Tests.Domain;

public sealed class SecretMaskSpecs
{
    private const string Secret = "s3cr3t/+ pass&word?";

    [Theory]
    [InlineData("s3cr3t/+ pass&word?")]
    [InlineData("s3cr3t%2F%2B%20pass%26word%3F")]
    [InlineData("s3cr3t%2f%2b%20pass%26word%3f")]
    [InlineData("s3cr3t%2F%2B+pass%26word%3F")]
    public void A_secret_is_masked_raw_and_URL_encoded(string spelling) =>
        Assert.Equal("before *** after", SecretMask.Of(Secret).Apply($"before {spelling} after"));

    [Theory]
    [InlineData("")]
    [InlineData("u")]
    [InlineData("us")]
    [InlineData("user:")]
    public void A_secret_is_masked_in_base64_wherever_it_begins(string before)
    {
        foreach (var after in new[] { "", "x", "xy", "xyz" })
        {
            var encoded = Convert.ToBase64String(Encoding.UTF8.GetBytes(before + Secret + after));

            var masked = SecretMask.Of(Secret).Apply($"Authorization: Basic {encoded}");

            // What is left may be the neighbours' characters and one at each end that the secret shares with them.
            Assert.Contains("***", masked, StringComparison.Ordinal);
            var shared = ((before.Length + 2) / 3 * 4) + ((after.Length + 2) / 3 * 4) + 4;
            Assert.True(masked.Length - "Authorization: Basic ***".Length <= shared, masked);
        }
    }

    [Fact]
    public void A_secret_is_masked_in_the_base64_of_URLs()
    {
        var secret = "~~~>>>???~~~";
        var encoded = Convert.ToBase64String(Encoding.UTF8.GetBytes(secret)).Replace('+', '-').Replace('/', '_');

        Assert.Equal("***", SecretMask.Of(secret).Apply(encoded));
    }

    [Fact]
    public void A_key_of_several_lines_is_masked_line_by_line_and_in_wrapped_base64()
    {
        var lines = Enumerable.Range(0, 6).Select(n => $"MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSj{n}").ToArray();
        var key = $"-----BEGIN PRIVATE KEY-----\n{string.Join('\n', lines)}\n-----END PRIVATE KEY-----";
        var mask = SecretMask.Of(key + "\n");
        var wrapped = Convert.ToBase64String(Encoding.UTF8.GetBytes(key)).Chunk(76).Select(line => new string(line));

        Assert.All(lines, line => Assert.Equal("***", mask.Apply(line)));
        Assert.All(wrapped, line => Assert.Equal("***", mask.Apply(line)));
        Assert.Equal("-----BEGIN PRIVATE KEY-----", mask.Apply("-----BEGIN PRIVATE KEY-----"));
    }

    [Fact]
    public void Secrets_that_overlap_leave_nothing_of_each_other() =>
        Assert.Equal("x***y", SecretMask.Of("abcdef", "defghi", "cdef").Apply("xabcdefghiy"));

    [Fact]
    public void The_longest_of_secrets_that_begin_alike_is_masked() =>
        Assert.Equal("*** ***", SecretMask.Of("token", "token-and-more").Apply("token-and-more token"));

    [Fact]
    public void Every_occurrence_is_masked() =>
        Assert.Equal("***, *** and ******", SecretMask.Of("hunter22").Apply("hunter22, hunter22 and hunter22hunter22"));

    [Fact]
    public void A_newline_at_the_end_of_a_secret_file_does_not_hide_the_secret() =>
        Assert.Equal("[***]", SecretMask.Of("hunter22\r\n").Apply("[hunter22]"));

    [Fact]
    public void Nothing_and_too_little_mask_nothing() =>
        Assert.Equal("a b abc", SecretMask.Of("", " ", "\n", "abc").Apply("a b abc"));

    [Fact]
    public void Secrets_can_be_added_without_touching_the_mask_that_others_hold()
    {
        var first = SecretMask.Of("hunter22");
        var both = first.With("hunter33");

        Assert.Equal("*** hunter33", first.Apply("hunter22 hunter33"));
        Assert.Equal("*** ***", both.Apply("hunter22 hunter33"));
        Assert.Same(both, both.With("hunter22"));
    }

    [Fact]
    public void A_long_hostile_text_is_masked_quickly()
    {
        var text = new string('a', 1_000_000);
        var started = TimeProvider.System.GetTimestamp();

        var masked = SecretMask.Of("aaaaaaaaab", "aaaaaaaa").Apply(text);

        Assert.Equal("***", masked);
        // Backtracking would take hours; anything else ends well within this, also on a busy machine.
        Assert.True(TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromSeconds(30));
    }
}
