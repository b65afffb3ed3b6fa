using System.Diagnostics.CodeAnalysis;

namespace GitOps.Triggers.Domain;

/// <summary>
/// An image by digest, never by tag: <c>registry/name@sha256:…</c> where a registry holds it (the manifest's digest),
/// or <c>sha256:…</c> alone for an image of this machine's store (its image id, which is the digest of its configuration).
/// </summary>
internal sealed record ImageReference
{
    public required ImageDigest Digest { get; init; }

    /// <summary>Registry and name; none for an image in this machine's store.</summary>
    public string? Repository { get; init; }

    public bool IsLocal => Repository is null;

    public static bool TryParse(string? text, [NotNullWhen(true)] out ImageReference? image)
    {
        image = null;
        var at = text?.LastIndexOf('@') ?? -1;
        if (at == 0 || !ImageDigest.TryParse(text?[(at + 1)..], out var digest))
            return false;
        image = new ImageReference { Digest = digest, Repository = at < 0 ? null : text![..at] };
        return true;
    }

    /// <exception cref="FormatException">The text is not an image by digest.</exception>
    public static ImageReference Parse(string text) => TryParse(text, out var image)
        ? image
        : throw new FormatException($"'{Shown.Text(text)}' is not an image by digest (name@sha256:… or sha256:…).");

    public override string ToString() => Repository is null ? Digest.Value : $"{Repository}@{Digest}";
}
