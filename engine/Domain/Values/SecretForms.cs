using System.Net;
using System.Text;

namespace GitOps.Triggers.Domain;

/// <summary>The spellings in which a secret turns up in output: as it is, line by line, URL-encoded, and in base64 wherever it begins in the encoded text.</summary>
internal static class SecretForms
{
    /// <summary>A shorter text cannot be told from ordinary words.</summary>
    public const int Shortest = 4;

    private const int ShortestBase64 = 6;

    /// <summary>Where <c>base64</c> breaks its lines unless told otherwise.</summary>
    private const int Base64Line = 76;

    public static IEnumerable<string> Of(string secret)
    {
        var whole = secret.Trim();
        // A log holds one line per record, so that a key of several lines is never seen as a whole.
        var lines = whole.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var pieces = lines.Length == 1 ? lines : lines.Where(IsNoFrame).Prepend(whole);
        return pieces.Where(piece => piece.Length >= Shortest).SelectMany(Spellings).Distinct(StringComparer.Ordinal);
    }

    /// <summary><c>-----BEGIN PRIVATE KEY-----</c> is no secret.</summary>
    private static bool IsNoFrame(string line) => !line.StartsWith("-----", StringComparison.Ordinal);

    private static IEnumerable<string> Spellings(string piece)
    {
        yield return piece;
        foreach (var encoded in new[] { Uri.EscapeDataString(piece), WebUtility.UrlEncode(piece) })
        {
            yield return encoded;
            yield return LowerEscapes(encoded);
        }
        foreach (var encoded in Base64(Encoding.UTF8.GetBytes(piece)).Where(text => text.Length >= ShortestBase64))
        {
            yield return encoded;
            yield return encoded.Replace('+', '-').Replace('/', '_');
        }
    }

    /// <summary>Three bytes become four characters, so that a secret inside a longer text is encoded in one of three ways; its first and last character may depend on what stands beside it and are left out.</summary>
    private static IEnumerable<string> Base64(byte[] bytes)
    {
        var alone = Convert.ToBase64String(bytes);
        yield return alone;
        foreach (var line in alone.Chunk(Base64Line).Where(_ => alone.Length > Base64Line))
            yield return new string(line);
        for (var before = 0; before < 3; before++)
        {
            var encoded = Convert.ToBase64String([.. new byte[before], .. bytes]);
            var first = ((before * 8) + 5) / 6;
            var end = (before + bytes.Length) * 8 / 6;
            yield return encoded[first..end];
        }
    }

    private static string LowerEscapes(string encoded)
    {
        var lower = encoded.ToCharArray();
        for (var at = encoded.IndexOf('%'); at >= 0 && at + 2 < lower.Length; at = encoded.IndexOf('%', at + 3))
            (lower[at + 1], lower[at + 2]) = (char.ToLowerInvariant(lower[at + 1]), char.ToLowerInvariant(lower[at + 2]));
        return new string(lower);
    }
}
