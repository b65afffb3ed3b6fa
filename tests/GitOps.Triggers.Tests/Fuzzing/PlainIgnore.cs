using System.Text;
using System.Text.RegularExpressions;

namespace GitOps.Triggers.Tests.Fuzzing;

/// <summary>
/// A second reader of <c>.dockerignore</c>, by regular expressions: of the patterns that match a path or a folder above it the last one decides
/// (moby/patternmatcher, <c>MatchesOrParentMatches</c>; within <c>[ ]</c> and behind <c>\</c> as Go's <c>filepath.Match</c> documents it).
/// </summary>
internal sealed partial class PlainIgnore
{
    private const int Remembered = 20_000, LongestExpression = 1_500;

    /// <summary>In place of an expression that is too large to be made.</summary>
    private static readonly Regex Unknown = new("");

    private static readonly Dictionary<string, Regex?> Known = new(StringComparer.Ordinal);

    private readonly List<(bool Exception, Regex Pattern)> patterns = [];

    private PlainIgnore()
    {
    }

    /// <summary>Some of it can be read and not be tried: there is no second opinion then.</summary>
    public bool IsUnsure => patterns.Exists(pattern => pattern.Pattern == Unknown);

    public bool HasExceptions => patterns.Any(pattern => pattern.Exception);

    /// <returns>None when a line is no pattern.</returns>
    public static PlainIgnore? Read(string text)
    {
        var read = new PlainIgnore();
        foreach (var line in text.TrimStart('\uFEFF').Split('\n').Where(line => !line.StartsWith('#')).Select(line => line.Trim()).Where(line => line.Length > 0))
        {
            var exception = line.StartsWith('!');
            var pattern = exception ? line[1..].Trim() : line;
            if (pattern.Length == 0 || Expression(pattern) is not { } regex)
                return null;
            read.patterns.Add((exception, regex));
        }
        return read;
    }

    public bool Excludes(string path)
    {
        var names = path.Split('/');
        var ways = Enumerable.Range(1, names.Length).Select(count => string.Join('/', names[..count])).ToList();
        return patterns.LastOrDefault(pattern => ways.Exists(pattern.Pattern.IsMatch)) is { Pattern: not null, Exception: false };
    }

    /// <summary>Making one takes many times longer than asking it.</summary>
    private static Regex? Expression(string pattern)
    {
        if (Known.TryGetValue(pattern, out var known))
            return known;
        if (Known.Count == Remembered)
            Known.Clear();
        return Known[pattern] = Translate(Shortest(pattern)) is { } regex ? Made(regex, pattern.Count(c => c == '*')) : null;
    }

    /// <summary>With many stars there are too many ways to try one after the other.</summary>
    private static Regex Made(string regex, int stars)
    {
        if (regex.Length > LongestExpression)
            return Unknown;
        try
        {
            return new Regex(regex, RegexOptions.Singleline | RegexOptions.CultureInvariant | (stars > 6 ? RegexOptions.NonBacktracking : RegexOptions.None));
        }
        catch (NotSupportedException)
        {
            return Unknown;
        }
    }

    private static string Shortest(string pattern)
    {
        var text = Slashes().Replace(pattern, "/");
        for (var before = ""; before != text;)
        {
            before = text;
            text = Same().Replace(text, "$1");
            text = AboveRoot().Replace(text, "/");
            text = UpAgain().Replace(text, "");
            text = LastSlash().Replace(text, "$1");
        }
        return text switch { "" => ".", "/" => "/", _ => text.TrimStart('/') };
    }

    private static string? Translate(string pattern)
    {
        // Plain text after two stars is an end of the path's, of a whole name only where a slash stands between.
        if (PlainEnd().Match(pattern) is { Success: true } end)
            return $@"\A{(end.Groups[1].Length > 0 ? "(.*/)?" : ".*")}{Escaped(end.Groups[2].Value)}\z";
        var regex = new StringBuilder(@"\A");
        for (var rest = pattern; rest.Length > 0;)
        {
            var token = Token().Match(rest);
            if (!token.Success)
                return null;
            regex.Append(
                token.Groups["all"].Success ? ".*"
                : token.Groups["folders"].Success ? "(.*/)?"
                : token.Groups["name"].Success ? "[^/]*"
                : token.Groups["one"].Success ? "([\ud800-\udbff][\udc00-\udfff]|[^/\ud800-\udfff])"
                : token.Groups["set"].Success ? Set(token.Value)
                : Escaped(token.Groups["plain"].Value));
            rest = rest[token.Length..];
        }
        return regex.Append(@"\z").ToString();
    }

    /// <summary>A range from a later to an earlier character holds none.</summary>
    private static string Set(string set)
    {
        var negated = set[1] == '^';
        var members = Member().Matches(set[(negated ? 2 : 1)..^1])
            .Select(member => (Low: member.Groups["low"].Value[^1], High: (member.Groups["high"].Success ? member.Groups["high"] : member.Groups["low"]).Value[^1]))
            .Where(member => member.Low <= member.High)
            .Select(member => $"\\u{(int)member.Low:x4}-\\u{(int)member.High:x4}")
            .ToList();
        var any = "([\ud800-\udbff][\udc00-\udfff]|[^\ud800-\udfff])";
        return members.Count > 0 ? $"[{(negated ? "^" : "")}{string.Concat(members)}]" : negated ? any : "[^\\s\\S]";
    }

    private static string Escaped(string text) => string.Concat(text.Select(c => $"\\u{(int)c:x4}"));

    [GeneratedRegex("/+")]
    private static partial Regex Slashes();

    [GeneratedRegex(@"(^|/)\./")]
    private static partial Regex Same();

    [GeneratedRegex(@"^/\.\.(/|$)")]
    private static partial Regex AboveRoot();

    [GeneratedRegex(@"(?<=^|/)(?!\.\.(/|$))[^/]+/\.\.(/|$)")]
    private static partial Regex UpAgain();

    [GeneratedRegex(@"(.)/(\.)?$")]
    private static partial Regex LastSlash();

    [GeneratedRegex(@"\A\*\*(/?)([^*?\[\]\\]+)\z")]
    private static partial Regex PlainEnd();

    [GeneratedRegex(@"\A(?<all>\*\*/?)\z|\A(?<folders>\*\*/?)|\A(?<name>\*)|\A(?<one>\?)|\A(?<set>\[\^?(((\\.|[^\]\\-])(-(\\.|[^\]\\-]))?)+)\])|\A\\(?<plain>[\ud800-\udbff].|.)|\A(?<plain>[\ud800-\udbff].|[^\\\[])", RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Token();

    [GeneratedRegex(@"(?<low>\\.|[^\\])(-(?<high>\\.|[^\\]))?", RegexOptions.Singleline)]
    private static partial Regex Member();
}
