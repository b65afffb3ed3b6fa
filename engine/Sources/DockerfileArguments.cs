using System.Text.RegularExpressions;
using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Sources;

/// <summary>What variables stand for in FROM lines: the defaults of the ARG lines above the first of them, and the build's own arguments for those (<a href="https://docs.docker.com/reference/dockerfile/#understand-how-arg-and-from-interact"/>).</summary>
internal sealed partial class DockerfileArguments
{
    /// <summary>No image's name is as long. Values may be made of earlier ones, and would double from line to line.</summary>
    private const int Longest = 1_000;

    private readonly Dictionary<string, string> values = new(StringComparer.Ordinal);

    public DockerfileArguments(IReadOnlyList<DockerfileInstruction> instructions, IReadOnlyDictionary<string, string> given)
    {
        var declared = instructions.TakeWhile(instruction => instruction.Keyword != "FROM").Where(instruction => instruction.Keyword == "ARG");
        foreach (Match argument in declared.SelectMany(instruction => Argument().Matches(instruction.Rest)))
        {
            var name = argument.Groups["name"].Value;
            values[name] = given.TryGetValue(name, out var value) ? value : Fill(argument.Groups["value"].Value.Trim('"', '\''));
        }
    }

    /// <summary>The text with <c>$NAME</c>, <c>${NAME}</c>, <c>${NAME:-default}</c> and <c>${NAME:+other}</c> filled in; what is not declared is empty.</summary>
    public string Fill(string text) => Cut(Variable().Replace(Cut(text), match =>
    {
        var value = values.GetValueOrDefault(match.Groups["name"].Value, "");
        return match.Groups["kind"].Value switch
        {
            "-" when value.Length == 0 => match.Groups["word"].Value,
            "+" => value.Length == 0 ? "" : match.Groups["word"].Value,
            _ => value,
        };
    }));

    private static string Cut(string text) => text.Length > Longest ? text[..Longest] : text;

    [GeneratedRegex("""(?<name>[A-Za-z_][A-Za-z0-9_]*)(=(?<value>"[^"]*"|'[^']*'|\S*))?""", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Argument();

    [GeneratedRegex(@"\$((?<name>[A-Za-z_][A-Za-z0-9_]*)|\{(?<name>[A-Za-z_][A-Za-z0-9_]*)(:?(?<kind>[-+])(?<word>[^}]*))?\})", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Variable();
}
