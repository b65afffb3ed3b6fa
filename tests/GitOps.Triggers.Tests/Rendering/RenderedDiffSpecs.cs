using GitOps.Triggers.Rendering;
using Xunit;

namespace GitOps.Triggers.Tests.Rendering;

public sealed class RenderedDiffSpecs
{
    [Fact]
    public void I_see_what_changes_and_a_little_around_it() =>
        Assert.Equal(
            """
            --- running
            +++ branch
            @@ -2,7 +2,7 @@
             b
             c
             d
            -e
            +E
             f
             g
             h

            """,
            RenderedDiff.Between("a\nb\nc\nd\ne\nf\ng\nh\ni\n", "a\nb\nc\nd\nE\nf\ng\nh\ni\n", "running", "branch"));

    [Fact]
    public void Nothing_is_said_when_nothing_changes() =>
        Assert.Equal("", RenderedDiff.Between("a\n", "a\n", "running", "branch"));

    [Fact]
    public void What_is_new_is_all_added() =>
        Assert.Equal(["+a", "+b"], RenderedDiff.Between("", "a\nb\n", "running", "branch").Split('\n', StringSplitOptions.RemoveEmptyEntries)[^2..]);
}
