using System.Text;

namespace GitOps.Triggers.Sources;

/// <summary>One step of a <see cref="PathGlob"/>.</summary>
internal abstract record GlobToken
{
    internal sealed record Literal(Rune Value) : GlobToken;

    /// <summary><c>?</c></summary>
    internal sealed record AnyOne : GlobToken;

    /// <summary><c>*</c>: any number of characters within a name.</summary>
    internal sealed record AnyInName : GlobToken;

    /// <summary><c>**</c> at the end, or at the start of plain text: anything.</summary>
    internal sealed record Anything : GlobToken;

    /// <summary><c>**/</c>: any number of whole folders, none included.</summary>
    internal sealed record AnyFolders : GlobToken;

    /// <summary><c>[a-z]</c></summary>
    internal sealed record Class(bool Negated, IReadOnlyList<(Rune First, Rune Last)> Ranges) : GlobToken
    {
        public bool Holds(Rune value)
        {
            foreach (var (first, last) in Ranges)
            {
                if (value >= first && value <= last)
                    return !Negated;
            }
            return Negated;
        }
    }
}
