using System.Diagnostics.CodeAnalysis;

namespace GitOps.Triggers.Sources;

/// <summary>One line of a <c>.dockerignore</c>. An exception (<c>!</c>) takes back in what it matches.</summary>
internal sealed record DockerIgnorePattern(PathGlob Glob, bool IsException)
{
    public const int Most = 1000;
    private const int Longest = 1000;

    public static bool TryParse(string line, StepCount steps, [NotNullWhen(true)] out DockerIgnorePattern? pattern, [NotNullWhen(false)] out string? reason)
    {
        pattern = null;
        var isException = line[0] == '!';
        var text = isException ? line[1..].Trim() : line;
        reason = text.Length switch
        {
            0 => "a ! without a pattern",
            > Longest => $"a pattern of {text.Length} characters; the limit is {Longest}",
            _ => null,
        };
        if (reason is not null)
            return false;
        if (!PathGlob.TryParse(Cleaned(text), steps, out var glob))
        {
            reason = "a pattern with an open or empty [ ], or a \\ at its end";
            return false;
        }
        pattern = new DockerIgnorePattern(glob, isException);
        return true;
    }

    /// <summary>The shortest spelling of the same path, as Go's <c>filepath.Clean</c> makes it, without a leading slash.</summary>
    private static string Cleaned(string text)
    {
        var rooted = text[0] == '/';
        var names = new List<string>();
        foreach (var name in text.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (name == ".." && names.Count > 0 && names[^1] != "..")
                names.RemoveAt(names.Count - 1);
            else if (name != "." && !(name == ".." && rooted))
                names.Add(name);
        }
        return names.Count > 0 ? string.Join('/', names) : ".";
    }
}
