using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace GitOps.Triggers.Sources;

/// <summary>
/// A path pattern as Docker matches it (<a href="https://github.com/moby/patternmatcher"/>). All ways through the pattern
/// are followed at once, so that no pattern takes longer than its length times the path's.
/// </summary>
internal sealed class PathGlob
{
    private readonly GlobToken[] tokens;

    private PathGlob(GlobToken[] tokens) => this.tokens = tokens;

    public static bool TryParse(string pattern, [NotNullWhen(true)] out PathGlob? glob)
    {
        glob = GlobParser.Parse(pattern) is { } tokens ? new PathGlob(tokens) : null;
        return glob is not null;
    }

    public bool IsMatch(string path)
    {
        Span<bool> now = stackalloc bool[tokens.Length + 1];
        Span<bool> next = stackalloc bool[tokens.Length + 1];
        Reach(now, 0);
        foreach (var c in path.EnumerateRunes())
        {
            if (!Step(now, next, c))
                return false;
            var swap = now;
            now = next;
            next = swap;
        }
        return now[tokens.Length];
    }

    /// <returns>Whether any way is still open.</returns>
    private bool Step(ReadOnlySpan<bool> now, Span<bool> next, Rune c)
    {
        next.Clear();
        var open = false;
        var slash = c.Value == '/';
        for (var i = 0; i < tokens.Length; i++)
        {
            if (!now[i])
                continue;
            var (stays, passes) = tokens[i] switch
            {
                GlobToken.Literal literal => (false, literal.Value == c),
                GlobToken.AnyOne => (false, !slash),
                GlobToken.Class set => (false, set.Holds(c)),
                GlobToken.AnyFolders => (true, slash),
                GlobToken.AnyInName => (!slash, !slash),
                _ => (true, true),
            };
            next[i] |= stays;
            if (passes)
                Reach(next, i + 1);
            open |= stays || passes;
        }
        return open;
    }

    /// <summary>Marks a place in the pattern, and those behind it that need no character.</summary>
    private void Reach(Span<bool> places, int i)
    {
        places[i] = true;
        while (i < tokens.Length && tokens[i] is GlobToken.AnyFolders or GlobToken.AnyInName or GlobToken.Anything)
            places[++i] = true;
    }
}
