using System.Diagnostics.CodeAnalysis;

namespace GitOps.Triggers.Domain;

/// <summary>Identity of what a build is made from: 64 lower-case hexadecimal digits. Equal inputs are never built twice.</summary>
internal sealed record InputHash
{
    private InputHash(string value) => Value = value;

    public string Value { get; }

    /// <summary>The first twelve digits, for tags and people.</summary>
    public string Short => Value[..12];

    public static InputHash FromDigest(ReadOnlySpan<byte> sha256) => Parse(Convert.ToHexStringLower(sha256));

    public static bool TryParse(string? text, [NotNullWhen(true)] out InputHash? hash)
    {
        hash = text is { Length: 64 } && Hex.IsLower(text) ? new InputHash(text) : null;
        return hash is not null;
    }

    /// <exception cref="FormatException">The text is not an input hash.</exception>
    public static InputHash Parse(string text) => TryParse(text, out var hash)
        ? hash
        : throw new FormatException($"'{Shown.Text(text)}' is not an input hash: 64 hexadecimal digits.");

    public override string ToString() => Value;
}
