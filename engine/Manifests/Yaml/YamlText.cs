using System.Globalization;
using System.Text;

namespace GitOps.Triggers.Manifests;

/// <summary>Bytes made text: bounded, strict UTF-8, without a mark and without characters that an editor would not show as what they are.</summary>
internal static class YamlText
{
    private const string OtherLines = "breaks the line for some programs and not for others";

    /// <returns>The text, or the one problem that keeps it from being read.</returns>
    public static (string? Text, YamlProblem? Problem) Decode(ReadOnlySpan<byte> bytes, int mostBytes)
    {
        var problem = TooLarge(bytes, mostBytes) ?? Mark(bytes) ?? NotUtf8(bytes);
        if (problem is not null)
            return (null, problem);
        var text = Encoding.UTF8.GetString(bytes);
        problem = ForbiddenCharacter(text);
        return problem is null ? (text, null) : (null, problem);
    }

    private static YamlProblem? TooLarge(ReadOnlySpan<byte> bytes, int most) => bytes.Length <= most ? null : new YamlProblem(
        Position.Start, "",
        string.Create(CultureInfo.InvariantCulture, $"The file has {bytes.Length} bytes; at most {most} are read."),
        "Move scripts and data into the image, or into a ConfigMap of the environment.");

    private static YamlProblem? Mark(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
            return new YamlProblem(Position.Start, "", "The file begins with a byte order mark (BOM).", "Save it as UTF-8 without a BOM.");
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]) || bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]))
            return new YamlProblem(Position.Start, "", "The file is UTF-16, not UTF-8.", "Save it as UTF-8 without a BOM.");
        return null;
    }

    private static YamlProblem? NotUtf8(ReadOnlySpan<byte> bytes)
    {
        var at = 0;
        while (at < bytes.Length && Rune.DecodeFromUtf8(bytes[at..], out _, out var used) == System.Buffers.OperationStatus.Done)
            at += used;
        if (at == bytes.Length)
            return null;
        var before = Encoding.UTF8.GetString(bytes[..at]);
        return new YamlProblem(PositionOf(before, before.Length), "",
            string.Create(CultureInfo.InvariantCulture, $"The byte 0x{bytes[at]:X2} here is not UTF-8."), "Save the file as UTF-8 without a BOM.");
    }

    private static YamlProblem? ForbiddenCharacter(string text)
    {
        for (var at = 0; at < text.Length; at++)
        {
            if (WhyForbidden(text, at) is not { } why)
                continue;
            return new YamlProblem(PositionOf(text, at), "",
                string.Create(CultureInfo.InvariantCulture, $"The character U+{(int)text[at]:X4} here {why}."),
                string.Create(CultureInfo.InvariantCulture, $"Remove it; inside double quotes it can be written as \\u{(int)text[at]:x4}."));
        }

        return null;
    }

    /// <summary>
    /// What is not printable in YAML 1.2 (5.1); what YAML 1.1 took for line breaks, and a carriage return alone, since editors show other lines then than are read;
    /// and what turns the direction of writing, since reviewers would see other text than is read (CVE-2021-42574).
    /// </summary>
    private static string? WhyForbidden(string text, int at) => text[at] switch
    {
        '\r' when at + 1 == text.Length || text[at + 1] != '\n' => OtherLines,
        '\t' or '\n' or '\r' => null,
        '\0' => "is NUL, which no text file holds",
        < ' ' or '\u007f' or (>= '\u0080' and <= '\u009f' and not '\u0085') or '\ufffe' or '\uffff' => "is a control character",
        '\ufeff' => "is an invisible mark",
        '\u0085' or '\u2028' or '\u2029' => OtherLines,
        (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069') => "is invisible and turns the direction of the text",
        _ => null,
    };

    private static Position PositionOf(string text, int offset)
    {
        var before = text.AsSpan(0, offset);
        var breaks = before.Count('\n');
        return new Position(breaks + 1, offset - before.LastIndexOf('\n'));
    }
}
