using System.Buffers;
using System.Text;

namespace GitOps.Triggers.Domain;

/// <summary>
/// Takes secrets out of text before anybody sees it. Knows each one raw, line by line, URL-encoded and in base64 (also inside a longer
/// encoded text). Cannot change and may be used by many at once; values under <see cref="SecretForms.Shortest"/> characters are not masked.
/// </summary>
internal sealed class SecretMask : ISecretMask
{
    public const string Mark = "***";

    private readonly IReadOnlyCollection<string> secrets;
    private readonly SearchValues<string>? search;
    private readonly ILookup<char, string> forms;

    private SecretMask(IReadOnlyCollection<string> secrets)
    {
        this.secrets = secrets;
        var all = secrets.SelectMany(SecretForms.Of).Distinct(StringComparer.Ordinal).OrderByDescending(form => form.Length).ToArray();
        search = all.Length > 0 ? SearchValues.Create(all, StringComparison.Ordinal) : null;
        forms = all.ToLookup(form => form[0]);
    }

    public static SecretMask None { get; } = new([]);

    public static SecretMask Of(params IEnumerable<string> secrets) => None.With(secrets);

    public SecretMask With(params IEnumerable<string> more)
    {
        var all = secrets.Concat(more).ToHashSet(StringComparer.Ordinal);
        return all.Count == secrets.Count ? this : new SecretMask(all);
    }

    public string Apply(string text)
    {
        var start = IndexOfSecret(text, 0);
        if (start < 0)
            return text;
        var masked = new StringBuilder(text.Length);
        var shown = 0;
        while (start >= 0)
        {
            var end = EndOfSecret(text, start);
            masked.Append(text, shown, start - shown).Append(Mark);
            (shown, start) = (end, IndexOfSecret(text, end));
        }
        return masked.Append(text, shown, text.Length - shown).ToString();
    }

    private int IndexOfSecret(string text, int from)
    {
        var found = search is null ? -1 : text.AsSpan(from).IndexOfAny(search);
        return found < 0 ? -1 : from + found;
    }

    /// <summary>Where the secret at <paramref name="start"/> ends, with all that begin inside it: of two that overlap, neither's rest is shown.</summary>
    private int EndOfSecret(string text, int start)
    {
        var end = start + LongestAt(text, start);
        for (var next = IndexOfSecret(text, start + 1); next >= 0 && next < end; next = IndexOfSecret(text, next + 1))
            end = Math.Max(end, next + LongestAt(text, next));
        return end;
    }

    private int LongestAt(string text, int at) =>
        forms[text[at]].First(form => string.CompareOrdinal(text, at, form, 0, form.Length) == 0).Length;
}
