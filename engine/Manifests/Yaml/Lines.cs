namespace GitOps.Triggers.Manifests;

/// <summary>Finds lines in a text, counted from 1.</summary>
internal static class Lines
{
    /// <summary>Where the line begins, and where it ends before its break; the text's end twice when there is no such line.</summary>
    public static (int Start, int End) Bounds(string text, int line)
    {
        var start = 0;
        for (var current = 1; current < line; current++)
        {
            var lineBreak = text.IndexOf('\n', start);
            if (lineBreak < 0)
                return (text.Length, text.Length);
            start = lineBreak + 1;
        }

        var end = text.IndexOf('\n', start);
        end = end < 0 ? text.Length : end;
        return (start, end > start && text[end - 1] == '\r' ? end - 1 : end);
    }

    public static string Text(string text, int line)
    {
        var (start, end) = Bounds(text, line);
        return text[start..end];
    }
}
