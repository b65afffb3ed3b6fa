using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace GitOps.Triggers.Logs;

/// <summary>What a program wrote for a terminal, made plain: escape sequences gone, other control and invisible characters spelt out, so that no text can act on who reads it or hide from them.</summary>
internal static class TerminalText
{
    /// <summary>ECMA-48: control sequences (colours, cursor), and terminated strings (titles, links). An unterminated one stays, spelt out: it must not swallow what follows it.</summary>
    private static readonly Regex EscapeSequence = new(
        @"(?:\x1B\[|\x9B)[0-?]*[ -/]*[@-~]|\x1B[\]PX^_][^\x07\x1B\x9C]*(?:\x07|\x1B\\|\x9C)|\x1B[ -/]*[0-OQ-WYZ\\`-~]",
        RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);

    public static string WithoutEscapes(string text) =>
        text.AsSpan().IndexOfAny('\u001b', '\u009b') < 0 ? text : EscapeSequence.Replace(text, "");

    public static string SpellOut(string text)
    {
        if (!text.EnumerateRunes().Any(IsHidden))
            return text;
        var shown = new StringBuilder(text.Length + 16);
        foreach (var rune in text.EnumerateRunes())
        {
            if (IsHidden(rune))
                shown.Append(CultureInfo.InvariantCulture, $"\\u{rune.Value:x4}");
            else
                shown.Append(rune.ToString());
        }
        return shown.ToString();
    }

    private static bool IsHidden(Rune rune) => rune.Value != '\t' && Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control
        or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
