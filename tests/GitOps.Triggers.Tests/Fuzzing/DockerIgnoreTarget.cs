using System.Text;
using CsCheck;
using GitOps.Triggers.Sources;
using Xunit;

namespace GitOps.Triggers.Tests.Fuzzing;

/// <summary>A path, and below it a <c>.dockerignore</c>: whether it takes the path out.</summary>
internal sealed class DockerIgnoreTarget : FuzzTarget
{
    private const int LongestPattern = 1_000, MostPatterns = 1_000, LongestTriedTwice = 300;

    private static readonly string[] Names = ["a", "b", "ab", "abc", "bin", ".git", "x.md", "README.md", "a b", "[a]", "é", "🐈", "*", "!a", "#a", "src"];

    public override string Name => "dockerignore";

    public override int Share => 120;

    public override Gen<byte[]> Inputs { get; } = Of();

    public override void Check(byte[] input)
    {
        var text = Encoding.UTF8.GetString(input);
        var end = text.IndexOf('\n', StringComparison.Ordinal);
        var path = end < 0 ? "" : text[..end];
        var (ignore, wrong) = DockerIgnore.Parse(text[(end + 1)..]);
        var lines = text[(end + 1)..].Split('\n');
        Assert.All(wrong, one => Assert.True(one.Line >= 1 && one.Line <= lines.Length && one.Message.Length > 0));
        if (!RepositoryPath.IsInside(path) || path.Length == 0)
            return;
        var excluded = Excludes(ignore, path);
        Assert.Equal(excluded, Excludes(DockerIgnore.Parse(text[(end + 1)..]).Ignore, path));
        // The plain reader tries one way after the other, which takes long for long paths.
        if (path.Length > LongestTriedTwice || (path.Any(char.IsSurrogate) && text.Contains('[', StringComparison.Ordinal)))
            return;
        var plain = PlainIgnore.Read(text[(end + 1)..]);
        if (lines.Length <= MostPatterns && lines.All(line => line.Length <= LongestPattern))
            Assert.Equal(plain is null, wrong.Count > 0);
        if (plain is null || wrong.Count > 0 || plain.IsUnsure)
            return;
        Assert.Equal(plain.Excludes(path), excluded);
        Assert.Equal(plain.HasExceptions, ignore.HasExceptions);
        // What stands last decides.
        Assert.False(Excludes(DockerIgnore.Parse(text[(end + 1)..] + "\n!**").Ignore, path));
        Assert.True(Excludes(DockerIgnore.Parse(text[(end + 1)..] + "\n**").Ignore, path));
    }

    private static bool Excludes(DockerIgnore ignore, string path)
    {
        var scope = ignore.Root;
        for (var slash = path.IndexOf('/', StringComparison.Ordinal); slash > 0; slash = path.IndexOf('/', slash + 1))
            scope = scope.Enter(path[..slash]);
        return scope.Excludes(path);
    }

    private static Gen<byte[]> Of()
    {
        var seeds = Corpus.With("dockerignore", ".dockerignore").Select(file => (byte[])[.. "src/a/x.md\n"u8, .. file]).ToList();
        string[] words = [.. Names, "/", "/", "**", "**/", "*", "*.md", "?", "[a-c]", "[^a]", "[\\]]", "[z-a]", "\\", "\\*", "!", "!", "\n", "\n", ".", "..", "./", "//", "#", " "];
        var pattern = Gen.OneOf(words).Array[1, 6].Select(string.Concat<string>);
        var path = Gen.OneOf(Names).Array[1, 4].Select(names => string.Join('/', names));
        var made = Gen.Select(path, pattern.Array[1, 5], (where, patterns) => Encoding.UTF8.GetBytes(where + "\n" + string.Join('\n', patterns)));
        return Gen.Frequency((3, made), (2, Edits.Of(made, seeds, words)), (1, Edits.Of(seeds, words)));
    }
}
