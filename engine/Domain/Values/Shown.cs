using System.Globalization;
using System.Text;

namespace GitOps.Triggers.Domain;

/// <summary>Foreign text made fit to be shown: one line, no control characters, no terminal escapes, bounded length.</summary>
internal static class Shown
{
    private const int Limit = 120;

    public static string Text(string? text, int limit = Limit)
    {
        if (text is null)
            return "(nothing)";
        var shown = new StringBuilder(Math.Min(text.Length, limit) + 8);
        foreach (var rune in text.EnumerateRunes())
        {
            if (shown.Length >= limit)
                return shown.Append('…').ToString();
            Append(shown, rune);
        }
        return shown.ToString();
    }

    private static void Append(StringBuilder shown, Rune rune)
    {
        var hidden = Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate;
        if (hidden)
            shown.Append(CultureInfo.InvariantCulture, $"\\u{rune.Value:x4}");
        else
            shown.Append(rune.ToString());
    }
}
