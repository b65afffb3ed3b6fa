using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace GitOps.Triggers.Domain;

/// <summary>A Kubernetes quantity as written (<c>100m</c>, <c>128Mi</c>, <c>1.5</c>) and its value in cores or bytes.</summary>
internal sealed record Quantity
{
    private static readonly Dictionary<string, decimal> Suffixes = new(StringComparer.Ordinal)
    {
        [""] = 1,
        ["m"] = 0.001m,
        ["k"] = 1e3m,
        ["M"] = 1e6m,
        ["G"] = 1e9m,
        ["T"] = 1e12m,
        ["P"] = 1e15m,
        ["Ki"] = 1L << 10,
        ["Mi"] = 1L << 20,
        ["Gi"] = 1L << 30,
        ["Ti"] = 1L << 40,
        ["Pi"] = 1L << 50,
    };

    private Quantity(string text, decimal value) => (Text, Value) = (text, value);

    public string Text { get; }

    public decimal Value { get; }

    public static bool TryParse(string? text, [NotNullWhen(true)] out Quantity? quantity)
    {
        quantity = null;
        if (text is not { Length: > 0 and <= 20 })
            return false;
        var suffixAt = text.AsSpan().IndexOfAnyExcept("0123456789.");
        var (number, suffix) = suffixAt < 0 ? (text, "") : (text[..suffixAt], text[suffixAt..]);
        if (!Suffixes.TryGetValue(suffix, out var factor)
            || !decimal.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) || value <= 0 || value > 1e12m)
            return false;
        quantity = new Quantity(text, value * factor);
        return true;
    }

    /// <exception cref="FormatException">The text is not a Kubernetes quantity above zero.</exception>
    public static Quantity Parse(string text) => TryParse(text, out var quantity)
        ? quantity
        : throw new FormatException($"'{Shown.Text(text)}' is not a quantity: a number above zero with m, k, M, G, Ki, Mi or Gi, such as 100m or 128Mi.");

    public override string ToString() => Text;
}
