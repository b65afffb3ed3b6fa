using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace GitOps.Triggers.Domain;

/// <summary>
/// Identity of the settings a release runs under: 64 lower-case hexadecimal digits. With the image it identifies a release,
/// so a commit that changes neither releases nothing. Taken from the manifest, not from what is rendered: a new engine may render
/// differently without that being anybody's release.
/// </summary>
internal sealed record SettingsFingerprint
{
    private SettingsFingerprint(string value) => Value = value;

    public string Value { get; }

    public static SettingsFingerprint Of(EnvironmentSpec spec) =>
        new(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(SettingsText.Of(spec)))));

    public static bool TryParse(string? text, [NotNullWhen(true)] out SettingsFingerprint? fingerprint)
    {
        fingerprint = text is { Length: 64 } && Hex.IsLower(text) ? new SettingsFingerprint(text) : null;
        return fingerprint is not null;
    }

    /// <exception cref="FormatException">The text is not a settings fingerprint.</exception>
    public static SettingsFingerprint Parse(string text) => TryParse(text, out var fingerprint)
        ? fingerprint
        : throw new FormatException($"'{Shown.Text(text)}' is not a settings fingerprint: 64 hexadecimal digits.");

    public override string ToString() => Value;
}
