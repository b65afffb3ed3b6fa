using GitOps.Triggers.Domain;
using Spectre.Console;

namespace GitOps.Triggers.Cli;

/// <summary>One finding for people: where, what and how to mend it, with the line itself where it is at hand.</summary>
internal static class FindingText
{
    private const int Longest = 1000;
    private const int LongestExcerpt = 160;

    /// <param name="finding">What is wrong.</param>
    /// <param name="console">Where to.</param>
    /// <param name="indent">Before each line.</param>
    /// <param name="line">The line that the finding points at, as it stands in the file.</param>
    public static void Show(Finding finding, IAnsiConsole console, string indent = "", string? line = null)
    {
        var (colour, word) = finding.Severity == Severity.Error ? ("red", "error") : ("yellow", "warning");
        var path = finding.Path.Length > 0 ? Shown.Text(finding.Path) + ": " : "";
        console.MarkupLine($"{indent}[bold]{Markup.Escape(Shown.Text(finding.Location, 400))}[/]: [{colour}]{word}:[/] {Markup.Escape(path + Shown.Text(finding.Message, Longest))}");
        if (line is not null && finding.Line is { } number)
            Excerpt(console, indent, line, number, finding.Column ?? 1, colour);
        console.Write(new Padder(new Markup($"[dim]fix:[/] {Markup.Escape(Shown.Text(finding.Fix, Longest))}"), new Padding(indent.Length + 2, 0, 0, 0)));
    }

    private static void Excerpt(IAnsiConsole console, string indent, string line, int number, int column, string colour)
    {
        var margin = FormattableString.Invariant($"{number,5}");
        // The caret stands under the character as it is shown, where a tab or a control character takes more room.
        var before = Shown.Text(line[..Math.Clamp(column - 1, 0, line.Length)], LongestExcerpt);
        console.MarkupLine($"{indent}[dim]{margin} |[/] {Markup.Escape(Shown.Text(line, LongestExcerpt))}");
        if (before.Length < LongestExcerpt)
            console.MarkupLine($"{indent}[dim]{new string(' ', margin.Length)} |[/] {new string(' ', before.Length)}[{colour}]^[/]");
    }
}
