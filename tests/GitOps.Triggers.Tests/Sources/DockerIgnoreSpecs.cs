using System.Diagnostics;
using GitOps.Triggers.Sources;
using Xunit;

namespace GitOps.Triggers.Tests.Sources;

public sealed class DockerIgnoreSpecs
{
    [Theory]
    [InlineData("*", "file")]
    [InlineData("*", "folder/file")] // by its folder
    [InlineData("*.md", "README.md")]
    [InlineData("docs", "docs/guide/start.md")]
    [InlineData("docs/", "docs/guide/start.md")]
    [InlineData("/docs", "docs/start.md")]
    [InlineData("./docs", "docs/start.md")]
    [InlineData("docs//api/../start.md", "docs/start.md")]
    [InlineData("  docs\t", "docs/start.md")]
    [InlineData("docs\r", "docs/start.md")]
    [InlineData("docs/*", "docs/start.md")]
    [InlineData("*/*.tmp", "a/b.tmp")]
    [InlineData("**", "a/b/c")]
    [InlineData("**/*.tmp", "b.tmp")]
    [InlineData("**/*.tmp", "a/b/c.tmp")]
    [InlineData("**/bin", "a/b/bin/tool")]
    [InlineData("a/**", "a/b/c")]
    [InlineData("a/**/c", "a/c")]
    [InlineData("a/**/c", "a/b/b/c")]
    [InlineData("a**/c", "a/b/c")]
    [InlineData("**file", "myfile")] // Docker's oddity, with plain text only
    [InlineData("?at", "cat")]
    [InlineData("?at", "🐈at")]
    [InlineData("[a-c]at", "bat")]
    [InlineData("[^a-c]at", "dat")]
    [InlineData("[\\]]x", "]x")]
    [InlineData("\\*x", "*x")]
    [InlineData("\\#x", "#x")]
    [InlineData("(a|b){1}.+$", "(a|b){1}.+$")]
    [InlineData("ünïcode/*", "ünïcode/ß")]
    public void A_pattern_takes_out(string pattern, string path) => Assert.True(Excludes(pattern, path));

    [Theory]
    [InlineData("*.md", "docs/README.md")]
    [InlineData("docs/*", "docs")]
    [InlineData("docs/*.md", "docs/api/a.md")]
    [InlineData("docs", "docs2/start.md")]
    [InlineData("README", "README.md")]
    [InlineData("a/**", "a")]
    [InlineData("**/foo", "barfoo")]
    [InlineData("**file*", "myfile")]
    [InlineData("a.b", "axb")]
    [InlineData("?at", "at")]
    [InlineData("a?b", "a/b")]
    [InlineData("[a-c]at", "rat")]
    [InlineData("\\*x", "ax")]
    [InlineData("../docs", "docs")]
    [InlineData(".", "docs")]
    [InlineData("/", "docs")]
    [InlineData("#docs", "#docs")]
    [InlineData("DOCS", "docs")]
    public void A_pattern_leaves(string pattern, string path) => Assert.False(Excludes(pattern, path));

    [Theory]
    [InlineData("*.md\n!README.md", "README.md", false)]
    [InlineData("!README.md\n*.md", "README.md", true)]
    [InlineData("docs\n!docs/README.md", "docs/README.md", false)]
    [InlineData("docs\n!docs/README.md", "docs/other.md", true)]
    [InlineData("**\n!src\n!src/**", "src/main.py", false)]
    [InlineData("*\n! src ", "src/main.py", false)]
    [InlineData("*\n!src\nsrc/*.pyc", "src/a.pyc", true)]
    [InlineData("*\n!a/b\na", "a/b", true)]
    [InlineData("\n# all of it\n   \n*\n!Dockerfile", "Dockerfile", false)]
    [InlineData("\uFEFFdocs", "docs/a", true)]
    public void The_last_pattern_that_matches_decides(string file, string path, bool excluded) => Assert.Equal(excluded, Excludes(file, path));

    [Theory]
    [InlineData("docs\n!")]
    [InlineData("docs\n! ")]
    [InlineData("docs\n[a")]
    [InlineData("docs\n[]a]")]
    [InlineData("docs\n[a-]")]
    [InlineData("docs\na\\")]
    public void What_Docker_would_not_take_is_refused_with_its_line(string file)
    {
        var (_, wrong) = DockerIgnore.Parse(file);

        Assert.Equal(2, Assert.Single(wrong).Line);
    }

    [Fact]
    public void Too_many_or_too_long_patterns_are_refused()
    {
        Assert.Equal(1001, Assert.Single(DockerIgnore.Parse(string.Concat(Enumerable.Repeat("a\n", 5000))).Wrong).Line);
        Assert.Single(DockerIgnore.Parse(new string('a', 1001)).Wrong);
    }

    [Fact]
    public void No_pattern_takes_long()
    {
        var pattern = string.Concat(Enumerable.Repeat("**a*", 200)) + "b";
        var path = string.Join('/', Enumerable.Repeat(new string('a', 200), 20));
        var (ignore, _) = DockerIgnore.Parse(pattern);

        Assert.False(ignore.Root.Excludes(path));

        Assert.InRange(ignore.Steps.Value, 1, pattern.Length * path.Length);
    }

    [Fact]
    public void A_row_of_stars_takes_time_by_its_length_and_not_by_its_square()
    {
        var (ignore, wrong) = DockerIgnore.Parse(string.Concat(Enumerable.Repeat("**/", 332)) + "b");
        var path = string.Concat(Enumerable.Repeat("a/", 1000)) + "c";
        Assert.Empty(wrong);
        var took = Stopwatch.StartNew();

        for (var i = 0; i < 20; i++)
            Assert.False(ignore.Root.Excludes(path));

        Assert.True(took.Elapsed < TimeSpan.FromSeconds(3), $"{took.Elapsed}");
    }

    [Fact]
    public void Each_member_of_a_set_of_characters_counts_as_a_step()
    {
        var (ignore, wrong) = DockerIgnore.Parse("*[" + new string('z', 900) + "]");
        Assert.Empty(wrong);

        Assert.False(ignore.Root.Excludes(new string('a', 200)));

        Assert.InRange(ignore.Steps.Value, 900 * 200, 902 * 200);
    }

    private static bool Excludes(string file, string path)
    {
        var (ignore, wrong) = DockerIgnore.Parse(file);
        Assert.Empty(wrong);
        var scope = ignore.Root;
        for (var slash = path.IndexOf('/'); slash > 0; slash = path.IndexOf('/', slash + 1))
            scope = scope.Enter(path[..slash]);
        return scope.Excludes(path);
    }
}
