using System.Buffers;
using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Manifests;

/// <summary>
/// Values that YAML cannot read without quotes, <c>schedule: */15 * * * *</c> before all: the mistake that everybody makes once.
/// Such a value is masked by a quoted one of the same length, so that the rest of the file is still read and everything is found at once.
/// </summary>
internal sealed class UnquotedValues
{
    private const int Most = 8;

    private static readonly SearchValues<char> Starters = SearchValues.Create("*@%`");
    private static readonly SearchValues<char> AliasName = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-.");
    private static readonly SearchValues<char> ScheduleOnly = SearchValues.Create("0123456789*/,-?LW# ABCDEFGHIJKLMNOPQRSTUVWXYZ");

    private readonly Dictionary<Position, (string Message, string Fix)> found = [];

    public (string Message, string Fix)? Find(Position at) => found.TryGetValue(at, out var note) ? note : null;

    /// <summary>Whether such a value begins at this place.</summary>
    public static bool IsOn(string text, Position at) => Locate(text, at.Line)?.Column == at.Column;

    /// <summary>Masks the value of the block-style line at <paramref name="line"/> when it is one of these; the result has every other character where it was.</summary>
    public string? Mask(string text, int line)
    {
        if (found.Count == Most || Locate(text, line) is not { } span)
            return null;
        var value = text.AsSpan(span.Start, span.Length);
        found[new Position(line, span.Column)] = Describe(value.ToString());
        var mask = span.Length < 2 ? "x" : $"\"{new string('x', span.Length - 2)}\"";
        return string.Concat(text.AsSpan(0, span.Start), mask, text.AsSpan(span.Start + span.Length));
    }

    private static (int Start, int Length, int Column)? Locate(string text, int line)
    {
        var (lineStart, lineEnd) = Lines.Bounds(text, line);
        var content = text.AsSpan(lineStart, lineEnd - lineStart);
        var colon = content.IndexOf(": ", StringComparison.Ordinal);
        if (colon < 0)
            return null;
        var start = colon + 1;
        while (start < content.Length && content[start] is ' ')
            start++;
        if (start == content.Length || !Starters.Contains(content[start]))
            return null;
        var comment = content[start..].IndexOf(" #", StringComparison.Ordinal);
        var value = (comment < 0 ? content[start..] : content.Slice(start, comment)).TrimEnd();
        return IsAlias(value) ? null : (lineStart + start, value.Length, start + 1);
    }

    private static bool IsAlias(ReadOnlySpan<char> value) => value is ['*', _, ..] && !value[1..].ContainsAnyExcept(AliasName);

    private static (string Message, string Fix) Describe(string value)
    {
        var message = $"A value that begins with {value[0]} needs quotes.";
        // A value is repeated only when it can be nothing but a schedule: it could be a password.
        var isSchedule = (value[0] == '*' && !value.AsSpan().ContainsAnyExcept(ScheduleOnly)) || value is "@hourly" or "@daily" or "@midnight" or "@weekly" or "@monthly" or "@yearly" or "@annually";
        return (message, isSchedule ? $"Write \"{Shown.Text(value)}\"." : "Put the whole value into double quotes.");
    }
}
