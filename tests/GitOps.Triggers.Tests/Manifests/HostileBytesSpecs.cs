using System.Text;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Manifests;
using Xunit;

namespace GitOps.Triggers.Tests.Manifests;

/// <summary>Files that are attacks, or not text at all: a finding each, at once, and the process goes on (threats 17).</summary>
public sealed class HostileBytesSpecs
{
    private const string Valid = "apiVersion: triggers.gitops/v1\nkind: ScheduledTrigger\nenvironments: { dev: }\n";

    private static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(50);

    [Theory]
    [Threat(17)]
    [InlineData("[")]
    [InlineData("{")]
    [InlineData("- ")]
    [InlineData("? ")]
    [InlineData("[{a: ")]
    [InlineData("{a: ")]
    [InlineData("[[]],[")]
    [InlineData("!a ")]
    [InlineData("&a ")]
    [InlineData("*a,")]
    public void Endless_nesting_is_refused_before_anything_walks_it(string piece)
    {
        var file = Repeat(piece, 100_000);
        // With the size limit out of the way: depth alone has to stop it.
        var context = Repository.Context with { Limits = new Limits { ManifestBytes = int.MaxValue } };

        Fastest.IsBelow(Limit, () => ManifestReader.Read(file, Repository.Context), $"refusing the size of 100,000 '{piece}'");
        Fastest.IsBelow(Limit, () => ManifestReader.Read(file, context), $"refusing the depth of 100,000 '{piece}'");

        Assert.Contains("at most 65536 are read", Assert.Single(ManifestReader.Read(file, Repository.Context).Findings).Message, StringComparison.Ordinal);
        Assert.NotEmpty(ManifestReader.Read(file, context).Findings);
    }

    [Theory]
    [InlineData("[")]
    [InlineData("{a: ")]
    [InlineData("- ")]
    public void A_file_may_be_nested_32_levels_deep_and_no_deeper(string opening)
    {
        Assert.DoesNotContain(Deep(31).Findings, finding => finding.Message.Contains("levels", StringComparison.Ordinal));
        Assert.Contains("more than 32 levels", Assert.Single(Deep(32).Findings).Message, StringComparison.Ordinal);

        ManifestReading Deep(int levels) => Repository.Read("x-deep:\n  " + Repeated(opening, levels));
    }

    [Fact]
    [Threat(17)]
    public void A_billion_laughs_are_ten_findings()
    {
        var lines = new StringBuilder("x-0: &a0 [lol, lol, lol]\n");
        for (var level = 1; level < 10; level++)
            lines.Append(System.Globalization.CultureInfo.InvariantCulture, $"x-{level}: &a{level} [*a{level - 1}, *a{level - 1}, *a{level - 1}]\n");
        var text = Valid + lines;

        Fastest.IsBelow(Limit, () => Repository.Read(text), "laughing");

        var findings = Repository.Read(text).Findings;
        Assert.Equal(10, findings.Count(finding => finding.Message.Contains("anchor", StringComparison.Ordinal)));
        Assert.Equal(27, findings.Count(finding => finding.Message.Contains("alias", StringComparison.Ordinal)));
    }

    /// <summary>As much of each as a file may hold.</summary>
    [Theory]
    [Threat(17)]
    [InlineData("x-a: !t b\n", "tags")]
    [InlineData("x-a: b\n", "repeated keys")]
    [InlineData("---\nx-a: b\n", "documents")]
    [InlineData("x-a: \ufeff\n", "marks of byte order")]
    [InlineData("x-a: \0\n", "NULs")]
    public void As_much_as_a_file_may_hold_is_refused_at_once(string piece, string of)
    {
        var text = string.Concat(Enumerable.Repeat(piece, 60_000 / System.Text.Encoding.UTF8.GetByteCount(piece)));

        Fastest.IsBelow(Limit, () => Repository.Read(text), $"refusing {of}");

        Assert.NotEmpty(Repository.Read(text).Findings);
    }

    [Fact]
    [Threat(17)]
    public void Bytes_that_are_no_text_are_refused_at_once()
    {
        var file = new ManifestFile("trigger.yaml", Enumerable.Repeat((byte)0xff, 60_000).ToArray());

        Fastest.IsBelow(Limit, () => ManifestReader.Read(file, Repository.Context), "refusing bytes that are no text");

        Assert.NotEmpty(ManifestReader.Read(file, Repository.Context).Findings);
    }

    [Fact]
    public void A_file_of_64_KiB_is_read_and_one_byte_more_is_not()
    {
        var full = Valid + "#" + new string('x', (64 << 10) - Valid.Length - 1);

        Assert.NotNull(Repository.Read(full).Manifest);
        var finding = Assert.Single(Repository.Read(full + "x").Findings);
        Assert.Equal("The file has 65537 bytes; at most 65536 are read.", finding.Message);
    }

    [Theory]
    [InlineData(new byte[] { 0xEF, 0xBB, 0xBF }, "byte order mark")]
    [InlineData(new byte[] { 0xFF, 0xFE }, "UTF-16")]
    [InlineData(new byte[] { 0xFE, 0xFF }, "UTF-16")]
    public void A_byte_order_mark_is_refused_with_how_to_save_the_file(byte[] mark, string named)
    {
        var finding = Assert.Single(Repository.Read([.. mark, .. Encoding.UTF8.GetBytes(Valid)]).Findings);

        Assert.Contains(named, finding.Message, StringComparison.Ordinal);
        Assert.Equal("Save it as UTF-8 without a BOM.", finding.Fix);
    }

    [Theory]
    [InlineData(new byte[] { 0xC3, 0x28 }, 1)]
    [InlineData(new byte[] { (byte)'a', 0xFF }, 2)]
    [InlineData(new byte[] { 0xC3, 0xA9, 0xC0, 0xAF }, 2)]
    [InlineData(new byte[] { 0xED, 0xA0, 0x80 }, 1)]
    [InlineData(new byte[] { (byte)'a', (byte)'b', 0xE2, 0x82 }, 3)]
    public void Bytes_that_are_not_UTF_8_are_found_where_they_are(byte[] bytes, int column)
    {
        var finding = Assert.Single(Repository.Read([.. Encoding.UTF8.GetBytes(Valid), .. bytes]).Findings);

        Assert.Contains("is not UTF-8", finding.Message, StringComparison.Ordinal);
        Assert.Equal((4, column), (finding.Line, finding.Column));
    }

    [Theory]
    [InlineData('\0', "NUL")]
    [InlineData('\u001b', "control character")]
    [InlineData('\u007f', "control character")]
    [InlineData('\u0085', "breaks the line")]
    [InlineData('\u2028', "breaks the line")]
    [InlineData('\r', "breaks the line")]
    [InlineData('\ufeff', "invisible mark")]
    [InlineData('\u202e', "turns the direction")]
    [InlineData('\u2066', "turns the direction")]
    public void A_character_that_reviewers_do_not_see_as_it_is_is_refused(char hidden, string why)
    {
        var finding = Assert.Single(Repository.Read($"{Valid}# a{hidden}b\n").Findings);

        Assert.Contains(why, finding.Message, StringComparison.Ordinal);
        Assert.Equal((4, 4), (finding.Line, finding.Column));
        Assert.DoesNotContain(hidden, finding.ToString());
    }

    [Fact]
    public void Lines_that_end_in_the_way_of_Windows_and_letters_of_the_world_are_read()
    {
        var reading = Repository.Read(Valid.ReplaceLineEndings("\r\n") + "description: Grüße, 世界 🚀\r\n");

        Assert.Equal("Grüße, 世界 🚀", reading.Manifest?.Description);
        Assert.Empty(reading.Findings);
    }

    [Fact]
    public void Of_thousands_of_mistakes_I_am_shown_the_first_hundred_and_told_of_the_rest()
    {
        var text = Valid + string.Concat(Enumerable.Range(0, 5_000).Select(number => $"key{number}: 1\n"));

        var findings = Repository.Read(text).Findings;

        Assert.Equal(101, findings.Count);
        Assert.Equal("key0", findings[0].Path);
        Assert.Equal("4900 more findings are not shown.", findings[100].Message);
        Fastest.IsBelow(TimeSpan.FromMilliseconds(500), () => Repository.Read(text), "5,000 findings");
    }

    [Fact]
    public void A_small_file_cannot_ask_for_millions_of_variables()
    {
        var variables = string.Concat(Enumerable.Range(0, 2_000).Select(number => $"    k{number}: 1\n"));
        var environments = string.Concat(Enumerable.Range(0, 900).Select(number => $"  e{number}: {{ run: {{ retries: 1 }} }}\n"));
        var text = $"apiVersion: triggers.gitops/v1\nkind: ScheduledTrigger\nrun:\n  env:\n{variables}environments:\n{environments}";

        var errors = Repository.Read(text).Findings.Where(finding => finding.Severity == Severity.Error).Select(finding => finding.Message);

        Assert.Equal(["It has 2000 entries; at most 200 are allowed.", "It has 900 entries; at most 50 are allowed."], errors);
        Fastest.IsBelow(TimeSpan.FromMilliseconds(500), () => Repository.Read(text), "refusing millions of variables");
    }

    private static ManifestFile Repeat(string piece, int times) => new("trigger.yaml", Encoding.UTF8.GetBytes(Repeated(piece, times)));

    private static string Repeated(string piece, int times) => string.Concat(Enumerable.Repeat(piece, times));
}
