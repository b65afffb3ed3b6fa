using System.Text;

namespace GitOps.Triggers.Sources;

/// <summary>Reads a path pattern into tokens, by Docker's rules and with its oddities.</summary>
internal sealed class GlobParser
{
    private readonly Rune[] pattern;
    private readonly List<GlobToken> tokens = [];
    private int at;

    private GlobParser(string pattern) => this.pattern = [.. pattern.EnumerateRunes()];

    /// <returns>None when the pattern is malformed.</returns>
    public static GlobToken[]? Parse(string pattern) => new GlobParser(pattern).Run();

    private GlobToken[]? Run()
    {
        while (at < pattern.Length)
        {
            var token = Next();
            if (token is null)
                return null;
            tokens.Add(token);
        }
        LoosenLeadingStars();
        return [.. tokens];
    }

    private GlobToken? Next() => pattern[at++].Value switch
    {
        '*' when Takes('*') => Stars(),
        '*' => new GlobToken.AnyInName(),
        '?' => new GlobToken.AnyOne(),
        '[' => ReadClass(),
        '\\' => at < pattern.Length ? new GlobToken.Literal(pattern[at++]) : null,
        _ => new GlobToken.Literal(pattern[at - 1]),
    };

    private GlobToken Stars()
    {
        Takes('/');
        return at == pattern.Length ? new GlobToken.Anything() : new GlobToken.AnyFolders();
    }

    /// <summary>An oddity of Docker's: <c>**</c> before plain text and nothing else, not even a bracket, matches any end of a path, <c>**file</c> also <c>myfile</c>.</summary>
    private void LoosenLeadingStars()
    {
        var textOnly = pattern is [{ Value: '*' }, { Value: '*' }, not { Value: '/' }, ..]
            && tokens.Count > 1 && !pattern.Contains(new Rune('\\')) && !pattern.Contains(new Rune(']')) && tokens.Skip(1).All(token => token is GlobToken.Literal);
        if (textOnly)
            tokens[0] = new GlobToken.Anything();
    }

    private GlobToken.Class? ReadClass()
    {
        var negated = Takes('^');
        var ranges = new List<(Rune, Rune)>();
        while (ranges.Count == 0 || !Takes(']'))
        {
            if (ReadClassMember() is not { } first)
                return null;
            var last = first;
            if (Takes('-'))
            {
                if (ReadClassMember() is not { } end)
                    return null;
                last = end;
            }
            ranges.Add((first, last));
        }
        return new GlobToken.Class(negated, ranges);
    }

    private Rune? ReadClassMember()
    {
        if (at == pattern.Length || pattern[at].Value is '-' or ']')
            return null;
        if (Takes('\\') && at == pattern.Length)
            return null;
        return pattern[at++];
    }

    private bool Takes(char c)
    {
        var taken = at < pattern.Length && pattern[at].Value == c;
        at += taken ? 1 : 0;
        return taken;
    }
}
