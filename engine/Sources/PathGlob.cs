using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace GitOps.Triggers.Sources;

/// <summary>
/// A path pattern as Docker matches it (<a href="https://github.com/moby/patternmatcher"/>). All ways through the pattern
/// are followed at once, so that no pattern takes longer than its length times the path's; the steps are counted all the same.
/// </summary>
internal sealed class PathGlob
{
    private readonly GlobToken[] tokens;
    private readonly StepCount steps;

    private PathGlob(GlobToken[] tokens, StepCount steps) => (this.tokens, this.steps) = (tokens, steps);

    public static bool TryParse(string pattern, StepCount steps, [NotNullWhen(true)] out PathGlob? glob)
    {
        glob = GlobParser.Parse(pattern) is { } tokens ? new PathGlob(tokens, steps) : null;
        return glob is not null;
    }

    public bool IsMatch(string path)
    {
        var now = new Places(stackalloc int[tokens.Length + 1], stackalloc bool[tokens.Length + 1], stackalloc bool[tokens.Length + 1]);
        var next = new Places(stackalloc int[tokens.Length + 1], stackalloc bool[tokens.Length + 1], stackalloc bool[tokens.Length + 1]);
        Reach(ref now, 0);
        foreach (var c in path.EnumerateRunes())
        {
            foreach (var place in now.All)
                Step(ref next, place, c);
            steps.Add(now.All.Length);
            now.Clear();
            var swap = now;
            now = next;
            next = swap;
            if (now.All.IsEmpty)
                return false;
        }
        return now.Holds(tokens.Length);
    }

    private void Step(ref Places next, int place, Rune c)
    {
        if (place == tokens.Length)
            return;
        var slash = c.Value == '/';
        if (tokens[place] is GlobToken.Class members)
            steps.Add(members.Ranges.Count);
        var (stays, passes) = tokens[place] switch
        {
            GlobToken.Literal literal => (false, literal.Value == c),
            GlobToken.AnyOne => (false, !slash),
            GlobToken.Class set => (false, set.Holds(c)),
            GlobToken.AnyFolders => (true, slash),
            GlobToken.AnyInName => (!slash, !slash),
            _ => (true, true),
        };
        if (stays)
            next.Add(place);
        if (passes)
            Reach(ref next, place + 1);
    }

    /// <summary>Marks a place in the pattern, and those behind it that need no character.</summary>
    private void Reach(ref Places places, int place)
    {
        while (places.Open(place) && place < tokens.Length && tokens[place] is GlobToken.AnyFolders or GlobToken.AnyInName or GlobToken.Anything)
            place++;
    }

    /// <summary>The places in a pattern that a path's first characters can lead to.</summary>
    private ref struct Places(Span<int> list, Span<bool> held, Span<bool> opened)
    {
        private readonly Span<int> list = list;
        private readonly Span<bool> held = held;
        private readonly Span<bool> opened = opened;
        private int count;

        public readonly ReadOnlySpan<int> All => list[..count];

        public readonly bool Holds(int place) => held[place];

        public void Add(int place)
        {
            if (held[place])
                return;
            held[place] = true;
            list[count++] = place;
        }

        /// <returns>Whether those behind it are still to be marked: once is enough, or a row of stars is walked again from each of them.</returns>
        public bool Open(int place)
        {
            Add(place);
            var first = !opened[place];
            opened[place] = true;
            return first;
        }

        public void Clear()
        {
            foreach (var place in All)
                held[place] = opened[place] = false;
            count = 0;
        }
    }
}
