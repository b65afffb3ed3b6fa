using System.Text;
using CsCheck;
using GitOps.Triggers.Domain;
using Xunit;

namespace GitOps.Triggers.Tests.Domain;

public sealed class VariableReferencesSpecs
{
    private static readonly Gen<string> Text = Gen.OneOf(Gen.Const("$"), Gen.Const("("), Gen.Const(")"), Gen.Const("A"), Gen.Const("🚜"), Gen.Const("\n"))
        .List[0, 12].Select(parts => string.Concat(parts));

    [Theory]
    [InlineData("$HOME and ${PATH}", "$HOME and ${PATH}")]
    [InlineData("$(A)", "$$(A)")]
    [InlineData("$$(A)", "$$$$(A)")]
    [InlineData("$$", "$$$$")]
    [InlineData("5$", "5$")]
    public void Only_what_kubernetes_would_change_is_escaped(string written, string rendered) =>
        Assert.Equal(rendered, VariableReferences.Escape(written));

    [Fact]
    public void What_is_written_arrives_in_kubernetes() =>
        Text.Sample(text => Assert.Equal(text, KubernetesReads(VariableReferences.Escape(text))), iter: 2_000);

    [Fact]
    public void What_is_written_arrives_without_kubernetes() =>
        Text.Sample(text => Assert.Equal(text, VariableReferences.Unescape(VariableReferences.Escape(text))), iter: 2_000);

    /// <summary>Kubernetes' rules for a container that has the variable A: <c>$$</c> is a dollar sign, <c>$(A)</c> its value, any other dollar sign itself.</summary>
    private static string KubernetesReads(string text)
    {
        var read = new StringBuilder();
        for (var at = 0; at < text.Length; at++)
        {
            var rest = text[at..];
            if (rest.StartsWith("$$", StringComparison.Ordinal))
            {
                read.Append('$');
                at++;
            }
            else if (rest.StartsWith("$(A)", StringComparison.Ordinal))
            {
                read.Append("(the value of A)");
                at += 3;
            }
            else
            {
                read.Append(text[at]);
            }
        }
        return read.ToString();
    }
}
