using CsCheck;
using GitOps.Triggers.Rendering;
using k8s.Models;
using Xunit;

namespace GitOps.Triggers.Tests.Rendering;

public sealed class RenderedYamlSpecs
{
    [Fact]
    public void Any_text_is_read_back_as_it_was() =>
        Gen.OneOf(Gen.String, Gen.String[Gen.Char[' ', '~'], 0, 40], Gen.OneOf(Gen.Const("\n"), Gen.Const(" "), Gen.Const("a"), Gen.Const("- "), Gen.Const(": ")).List[0, 8].Select(parts => string.Concat(parts)))
            .Where(text => !text.Any(char.IsSurrogate))
            .Sample(text => Assert.Equal(text, RenderedYaml.Read(RenderedYaml.Write(Described(text))).Metadata.Annotations["text"]), iter: 1_000);

    [Theory]
    [InlineData("0x1F")]
    [InlineData("0o17")]
    [InlineData("2020-01-01")]
    [InlineData("12:30:45")]
    [InlineData("1_000")]
    [InlineData(".inf")]
    [InlineData("Yes")]
    [InlineData("NULL")]
    [InlineData("~")]
    [InlineData("=")]
    [InlineData("<<")]
    [InlineData("")]
    public void A_text_that_could_be_taken_for_something_else_is_quoted(string text) =>
        Assert.Contains($"text: \"{text}\"\n", RenderedYaml.Write(Described(text)), StringComparison.Ordinal);

    [Theory]
    [InlineData("registry.example.com/a@sha256:00")]
    [InlineData("/etc/app/app.yaml")]
    [InlineData("Europe/Oslo")]
    [InlineData("every weekday at 09:00 Europe/Oslo")]
    public void A_plain_text_is_left_plain(string text) =>
        Assert.Contains($"text: {text}\n", RenderedYaml.Write(Described(text)), StringComparison.Ordinal);

    private static V1CronJob Described(string text) => new()
    {
        ApiVersion = "batch/v1",
        Kind = "CronJob",
        Metadata = new V1ObjectMeta { Annotations = new Dictionary<string, string> { ["text"] = text } },
    };
}
