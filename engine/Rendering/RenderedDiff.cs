using DiffPlex.Renderer;

namespace GitOps.Triggers.Rendering;

/// <summary>What changes from one rendered YAML to another, as a unified diff.</summary>
internal static class RenderedDiff
{
    private const int Context = 3;

    /// <param name="before">What runs; empty where nothing does.</param>
    /// <param name="after">What would run; empty where it would be taken down.</param>
    /// <param name="beforeName">For the first line.</param>
    /// <param name="afterName">For the second line.</param>
    /// <returns>Lines, each with its end, that begin with <c>---</c>, <c>+++</c>, <c>@@</c>, <c>-</c>, <c>+</c> or a space; the empty text when nothing changes.</returns>
    public static string Between(string before, string after, string beforeName, string afterName)
    {
        // The end of a last line would count as one more, empty line.
        var diff = UnidiffRenderer.GenerateUnidiff(before.TrimEnd('\n'), after.TrimEnd('\n'), beforeName, afterName, ignoreWhitespace: false, ignoreCase: false, Context);
        return diff.Length == 0 ? diff : diff.TrimEnd('\n') + "\n";
    }
}
