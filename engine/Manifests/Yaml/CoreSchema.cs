using System.Buffers;
using System.Globalization;

namespace GitOps.Triggers.Manifests;

/// <summary>What an unquoted value means by the core schema of YAML 1.2 (10.3): <c>on</c>, <c>yes</c> and <c>12:30</c> are text.</summary>
internal static class CoreSchema
{
    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789");
    private static readonly SearchValues<char> OctalDigits = SearchValues.Create("01234567");

    public static bool IsNull(Node.Scalar scalar) => scalar is { Plain: true, Text: "" or "~" or "null" or "Null" or "NULL" };

    /// <summary>A key with nothing after it is the same as no key.</summary>
    public static bool IsAbsent(Node? node) => node is null || (node is Node.Scalar scalar && IsNull(scalar));

    public static bool? Boolean(Node.Scalar scalar) => scalar switch
    {
        { Plain: true, Text: "true" or "True" or "TRUE" } => true,
        { Plain: true, Text: "false" or "False" or "FALSE" } => false,
        _ => null,
    };

    /// <summary>A whole number; one of more than 18 digits is read as a <see cref="Number"/> only, since nothing here counts so far.</summary>
    public static long? Integer(Node.Scalar scalar)
    {
        if (!scalar.Plain || scalar.Text.Length is 0 or > 19)
            return null;
        var text = scalar.Text.AsSpan();
        if (text.StartsWith("0x", StringComparison.Ordinal) && text.Length is > 2 and <= 17)
            return long.TryParse(text[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var hex) ? hex : null;
        if (text.StartsWith("0o", StringComparison.Ordinal) && text.Length > 2 && !text[2..].ContainsAnyExcept(OctalDigits))
            return Convert.ToInt64(scalar.Text[2..], 8);
        var digits = text[0] is '+' or '-' ? text[1..] : text;
        return digits.Length is > 0 and <= 18 && !digits.ContainsAnyExcept(Digits)
            ? long.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture)
            : null;
    }

    public static double? Number(Node.Scalar scalar)
    {
        if (!scalar.Plain || scalar.Text.Length == 0)
            return null;
        if (Integer(scalar) is { } integer)
            return integer;
        var sign = scalar.Text[0] is '+' or '-' ? 1 : 0;
        switch (scalar.Text[sign..])
        {
            case ".inf" or ".Inf" or ".INF":
                return scalar.Text[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity;
            case ".nan" or ".NaN" or ".NAN" when sign == 0:
                return double.NaN;
            default:
                return IsFloat(scalar.Text.AsSpan(sign)) ? double.Parse(scalar.Text, NumberStyles.Float, CultureInfo.InvariantCulture) : null;
        }
    }

    /// <summary><c>( \. [0-9]+ | [0-9]+ ( \. [0-9]* )? ) ( [eE] [-+]? [0-9]+ )?</c> after the sign.</summary>
    private static bool IsFloat(ReadOnlySpan<char> text)
    {
        var whole = CountDigits(text);
        text = text[whole..];
        var fraction = 0;
        if (text is ['.', ..])
        {
            fraction = CountDigits(text[1..]);
            text = text[(1 + fraction)..];
        }

        if (whole + fraction == 0)
            return false;
        if (text.IsEmpty)
            return true;
        var exponent = text[0] is 'e' or 'E' ? text[1..] : [];
        exponent = exponent is ['+' or '-', ..] ? exponent[1..] : exponent;
        return exponent.Length > 0 && CountDigits(exponent) == exponent.Length;
    }

    private static int CountDigits(ReadOnlySpan<char> text) => text.IndexOfAnyExcept(Digits) is var end and >= 0 ? end : text.Length;
}
