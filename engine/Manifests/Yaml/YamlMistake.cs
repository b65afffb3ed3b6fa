using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Manifests;

/// <summary>Turns the place where a parser gave up into what the writer did wrong, by looking at the lines rather than at the grammar.</summary>
internal sealed record YamlMistake(Position At, string Message, string Fix)
{
    /// <param name="text">The whole file.</param>
    /// <param name="failure">Where the parser stopped.</param>
    /// <param name="openBracket">The innermost bracket that was not closed before.</param>
    public static YamlMistake Describe(string text, YamlFailure failure, Position? openBracket) =>
        Tab(text, failure)
        ?? Quote(text, failure)
        ?? BlockText(failure)
        ?? Bracket(text, failure, openBracket)
        ?? AfterQuote(text, failure)
        ?? MissingColon(text, failure)
        ?? ColonInValue(text, failure)
        ?? Indentation(text, failure)
        ?? Other(failure);

    private static YamlMistake? Tab(string text, YamlFailure failure)
    {
        if (!failure.Reason.Contains(" tab ", StringComparison.Ordinal))
            return null;
        var line = 1;
        foreach (var content in text.AsSpan().EnumerateLines())
        {
            var indent = content[..(content.Length - content.TrimStart(" \t").Length)];
            if (indent.IndexOf('\t') is var tab and >= 0)
                return new YamlMistake(new Position(line, tab + 1), "A tab indents this line; YAML is indented with spaces.", "Replace the tab by two spaces.");
            line++;
        }

        return null;
    }

    private static YamlMistake? Bracket(string text, YamlFailure failure, Position? open)
    {
        if (open is { } bracket)
        {
            var (opening, closing) = CharAt(text, bracket) == '[' ? ('[', ']') : ('{', '}');
            return new YamlMistake(bracket, $"The '{opening}' here is not closed, or a comma is missing inside.", $"Add '{closing}', or quote values that hold brackets, commas or ': '.");
        }

        return CharAt(text, failure.At) is ']' or '}' && IsGrammar(failure)
            ? new YamlMistake(failure.At, $"The '{CharAt(text, failure.At)}' here closes nothing.", "Remove it, or put the value into quotes.")
            : null;
    }

    private static YamlMistake? Quote(string text, YamlFailure failure)
    {
        var quote = CharAt(text, failure.At);
        if (quote is '"' or '\'' && failure.Reason.Contains("escape", StringComparison.Ordinal))
            return new YamlMistake(failure.At, "A backslash in these double quotes begins no known escape.", "Use single quotes, or write each backslash twice.");
        if (quote is '"' or '\'' && failure.Reason.Contains("quoted", StringComparison.Ordinal))
            return new YamlMistake(failure.At, "The quote that begins here is not closed.", $"Add the closing {quote} at the end of the value.");
        return null;
    }

    private static YamlMistake? BlockText(YamlFailure failure) => failure.Reason.Contains("block scalar", StringComparison.Ordinal)
        ? new YamlMistake(failure.At, "The text that this | or > announces does not follow as it should.", "Begin the text on the next line, indent all of it equally, or put it into quotes.")
        : null;

    private static YamlMistake? AfterQuote(string text, YamlFailure failure)
    {
        var before = Before(text, failure.At);
        return IsGrammar(failure) && (before.Contains('"') || before.Contains('\''))
            ? new YamlMistake(failure.At, "Something stands after the closing quote.", "Put the whole value into one pair of quotes; a ' inside single quotes is written ''.")
            : null;
    }

    private static YamlMistake? MissingColon(string text, YamlFailure failure)
    {
        // The parser takes such a line for the beginning of a longer value, and stumbles over it or over the next one.
        var line = failure.Reason.Contains("multiline plain scalar", StringComparison.Ordinal) ? failure.At.Line - 1 : failure.At.Line;
        var content = Lines.Text(text, line);
        var written = content.Trim();
        var isOne = written.Contains(": ", StringComparison.Ordinal) || written.EndsWith(':') || written.StartsWith("- ", StringComparison.Ordinal) || written.Length == 0;
        return isOne || !IsGrammar(failure) ? null : new YamlMistake(new Position(line, content.IndexOf(written[0]) + 1), "This line is neither a key with ': ' nor a list item with '- '.",
            "Write 'key: value' with a space after the colon; a list item needs a space after the dash.");
    }

    private static YamlMistake? ColonInValue(string text, YamlFailure failure) =>
        CharAt(text, failure.At) == ':' && Before(text, failure.At).Contains(": ", StringComparison.Ordinal)
            ? new YamlMistake(failure.At, "A ': ' stands inside an unquoted value.", "Put the whole value into double quotes.")
            : null;

    private static YamlMistake? Indentation(string text, YamlFailure failure)
    {
        var before = Before(text, failure.At);
        if (CharAt(text, failure.At) == '-' && before.Contains(": ", StringComparison.Ordinal))
            return new YamlMistake(failure.At, "A list cannot begin on the line of its key.", "Begin it on the next line, or write it as [a, b].");
        var column = before.Length - before.TrimStart(' ').Length + 1;
        // The parser stands at the line's first character, or at the colon that shows that the line is a key.
        var isLine = column == failure.At.Column || (CharAt(text, failure.At) == ':' && !before.Contains(": ", StringComparison.Ordinal));
        if (IsGrammar(failure) && isLine && CharAt(text, failure.At) == '-')
            return new YamlMistake(failure.At, "A list item stands among keys.", "Write it under the key that it belongs to, indented.");
        return IsGrammar(failure) && isLine
            ? new YamlMistake(failure.At with { Column = column }, "This line's indentation fits neither the line before nor any key above.", "Indent keys of one mapping, and items of one list, equally.")
            : null;
    }

    private static YamlMistake Other(YamlFailure failure) =>
        new(failure.At, $"This is not YAML: {char.ToLowerInvariant(failure.Reason[0])}{Shown.Text(failure.Reason[1..], 200)}", "Put the value into quotes, or compare the indentation with the lines around it.");

    private static bool IsGrammar(YamlFailure failure) =>
        failure.Reason.Contains("did not find expected", StringComparison.Ordinal) || failure.Reason.Contains("found invalid mapping", StringComparison.Ordinal)
        || failure.Reason.Contains("not allowed", StringComparison.Ordinal);

    private static char CharAt(string text, Position at)
    {
        var (start, end) = Lines.Bounds(text, at.Line);
        return start + at.Column - 1 < end ? text[start + at.Column - 1] : '\0';
    }

    private static string Before(string text, Position at)
    {
        var line = Lines.Text(text, at.Line);
        return line[..Math.Min(line.Length, at.Column - 1)];
    }
}
