using System.Text.RegularExpressions;

namespace GitOps.Triggers.Tests.Fuzzing;

/// <summary>A second reader of Dockerfiles, for those that are written plainly: one instruction a line or continued by a <c>\</c>, no here-documents, no directives.</summary>
/// <param name="Line">Of its FROM, from 1.</param>
/// <param name="Base">What it is built on, as it is written.</param>
/// <param name="Name">None when it has only its number.</param>
/// <param name="User">The last that it sets, if any.</param>
internal sealed partial record PlainDockerfile(int Line, string Base, string? Name, string? User)
{
    /// <returns>The stages; none when it is not written plainly.</returns>
    public static IReadOnlyList<PlainDockerfile>? Read(string text)
    {
        if (text.Contains("<<", StringComparison.Ordinal) || text.Contains('\uFEFF', StringComparison.Ordinal) || Odd().IsMatch(text))
            return null;
        var stages = new List<PlainDockerfile>();
        var line = 1;
        foreach (var instruction in Instructions().Matches(text).Select(match => match.Value))
        {
            var joined = Continued().Replace(instruction, "").Trim();
            if (joined.Length > 0 && joined[0] != '#')
            {
                if (Word().Match(joined) is not { Success: true } word)
                    return null;
                Take(stages, line, word.Value.ToUpperInvariant(), joined[word.Length..].Trim());
            }
            line += instruction.Count(c => c == '\n');
        }
        return stages;
    }

    private static void Take(List<PlainDockerfile> stages, int line, string keyword, string rest)
    {
        if (keyword == "FROM")
        {
            var words = Blank().Split(rest).Where(word => word.Length > 0 && !word.StartsWith("--", StringComparison.Ordinal)).ToArray();
            stages.Add(new PlainDockerfile(line, words.FirstOrDefault() ?? "", words is [_, ['A' or 'a', 'S' or 's'], var name] ? name : null, User: null));
        }
        else if (keyword == "USER" && stages.Count > 0)
        {
            stages[^1] = stages[^1] with { User = rest };
        }
    }

    /// <summary>A line that is continued and followed by a comment, an empty line or nothing; a directive; other blanks than space and tab.</summary>
    [GeneratedRegex(@"\\[ \t\r]*\n[ \t]*(#|\r?\n|\z)|\\[ \t\r]*\z|\A(\s*#.*\n)*\s*#\s*[A-Za-z]+\s*=|[\f\v\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]|\r(?!\n)")]
    private static partial Regex Odd();

    /// <summary>A comment is one line, whatever it ends with.</summary>
    [GeneratedRegex(@"[ \t]*#[^\n]*(\n|\z)|((?:[^\n]*\\[ \t\r]*\n)*[^\n]*)(\n|\z)")]
    private static partial Regex Instructions();

    [GeneratedRegex(@"\\[ \t\r]*\n")]
    private static partial Regex Continued();

    [GeneratedRegex(@"\A\S+")]
    private static partial Regex Word();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blank();
}
