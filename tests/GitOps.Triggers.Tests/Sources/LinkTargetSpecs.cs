using GitOps.Triggers.Sources;
using Xunit;

namespace GitOps.Triggers.Tests.Sources;

public sealed class LinkTargetSpecs
{
    [Theory]
    [InlineData("file", 0)]
    [InlineData("./a/b", 0)]
    [InlineData("nowhere", 0)]
    [InlineData("../file", 1)]
    [InlineData(".././../a/b/", 2)]
    [InlineData("..", 1)]
    [InlineData("a/..b/...", 0)]
    public void Stays(string target, int depth) => Assert.Null(LinkTarget.Refusal(target, depth));

    [Theory]
    [InlineData("", 3)]
    [InlineData("/etc/passwd", 3)]
    [InlineData("..", 0)]
    [InlineData("../../file", 1)]
    [InlineData("a/../b", 1)] // when a is a link to a folder, this is not ./b
    [InlineData("./../..", 1)]
    [InlineData("a\0b", 1)]
    public void Refused(string target, int depth) => Assert.NotNull(LinkTarget.Refusal(target, depth));
}
