using System.Text;
using CsCheck;

namespace GitOps.Triggers.Tests.Fuzzing;

/// <summary>Inputs with up to six things changed, as a slip, a truncated transfer or an attacker would.</summary>
internal static class Edits
{
    private const int Kinds = 13;
    private const int Most = 6;
    private const int LongestSpan = 60;

    /// <summary>What breaks readers of all kinds of text.</summary>
    private static readonly string[] Everywhere =
    [
        "\0", "\n", "\r\n", "\r", "\t", " ", "\u00a0", "\u2028", "\u0085", "\uFEFF", "\u202e", "é", "e\u0301", "🚀", "\u001b[31m", "'", "\"", "\\", "/", "..", "../", "-", "--", "$", "${A}", "$(A)", "`", "#", "!", "*",
        "0", "-1", "00", "2147483648", "9223372036854775808", "99999999999999999999", "1e999", "0x1F", "null", "true", "[", "]", "{", "}", "(", ")", "<", ">", "=", ":", ",", ";", "|", "&", "%", "@", "~", "+", "?",
    ];

    private static readonly byte[][] BrokenUtf8 = [[0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xE2, 0x82], [0xFF], [0x80]];

    /// <param name="seeds">What is changed.</param>
    /// <param name="words">Of the language: they are put in more often than what breaks readers of any.</param>
    public static Gen<byte[]> Of(IReadOnlyList<byte[]> seeds, params IEnumerable<string> words) => Of(Gen.OneOf([.. seeds]), seeds, words);

    public static Gen<byte[]> Of(Gen<byte[]> inputs, IReadOnlyList<byte[]> seeds, params IEnumerable<string> words)
    {
        var piece = Gen.Frequency(
            (8, Gen.OneOf([.. words.Select(Encoding.UTF8.GetBytes)])),
            (4, Gen.OneOf([.. Everywhere.Select(Encoding.UTF8.GetBytes)])),
            (1, Gen.OneOf(BrokenUtf8)),
            (1, Gen.Byte.Array[1, 4]));
        var edit = Gen.Select(Gen.Int[0, Kinds - 1], Gen.UInt, Gen.UInt, Gen.Int[1, LongestSpan], piece, Gen.OneOf([.. seeds]),
            (kind, at, other, length, word, seed) => new Edit(kind, at, other, length, word, seed));
        return Gen.Select(inputs, edit.Array[0, Most], (input, edits) => edits.Aggregate(input, (current, one) => one.Apply(current)));
    }
}
