using System.Diagnostics.CodeAnalysis;

namespace GitOps.Triggers.Domain;

/// <summary><c>sha256:</c> and 64 lower-case hexadecimal digits: the identity of an image's bits.</summary>
internal sealed record ImageDigest
{
    private const string Prefix = "sha256:";

    private ImageDigest(string value) => Value = value;

    public string Value { get; }

    /// <summary>The first twelve digits, for people.</summary>
    public string Short => Value.Substring(Prefix.Length, 12);

    public static bool TryParse(string? text, [NotNullWhen(true)] out ImageDigest? digest)
    {
        digest = text is { Length: 71 } && text.StartsWith(Prefix, StringComparison.Ordinal) && Hex.IsLower(text.AsSpan(Prefix.Length))
            ? new ImageDigest(text)
            : null;
        return digest is not null;
    }

    /// <exception cref="FormatException">The text is not an image digest.</exception>
    public static ImageDigest Parse(string text) => TryParse(text, out var digest)
        ? digest
        : throw new FormatException($"'{Shown.Text(text)}' is not an image digest: sha256: and 64 hexadecimal digits.");

    public override string ToString() => Value;
}
