using System.Buffers;

namespace GitOps.Triggers.Domain;

/// <summary>RFC 1123 labels, as Kubernetes uses them for names.</summary>
internal static class DnsLabel
{
    private static readonly SearchValues<char> Allowed = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    public static bool IsValid(string? text, int longest) =>
        text is { Length: > 0 } && text.Length <= longest
        && !text.AsSpan().ContainsAnyExcept(Allowed) && text[0] != '-' && text[^1] != '-';

    /// <summary>The nearest label to <paramref name="text"/>: lower case, anything else becomes a dash, cut at <paramref name="longest"/>; empty when nothing is left.</summary>
    public static string From(string text, int longest)
    {
        var label = string.Concat(text.ToLowerInvariant().Select(c => Allowed.Contains(c) ? c : '-')).Trim('-');
        return label.Length <= longest ? label : label[..longest].TrimEnd('-');
    }
}
