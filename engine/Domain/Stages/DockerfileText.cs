using System.Text;
using System.Text.RegularExpressions;

namespace GitOps.Triggers.Domain;

/// <summary>Splits a Dockerfile into instructions: continued lines, comments, the escape directive and here-documents (<a href="https://docs.docker.com/reference/dockerfile/"/>).</summary>
internal static partial class DockerfileText
{
    public static IReadOnlyList<DockerfileInstruction> Parse(string text)
    {
        var lines = text.TrimStart('\uFEFF').Split('\n');
        var (escape, ends) = (EscapeCharacter(lines), new LinesByText(lines));
        var instructions = new List<DockerfileInstruction>();
        for (var i = 0; i < lines.Length; i++)
        {
            if (IsSkipped(lines[i]))
                continue;
            var first = i;
            var instruction = Instruction(first + 1, Joined(lines, ref i, escape));
            SkipHereDocuments(instruction, ends, ref i);
            instructions.Add(instruction);
        }
        return instructions;
    }

    private static bool IsSkipped(string line) => line.AsSpan().Trim() is [] or ['#', ..];

    /// <summary>Comments and empty lines within a continued instruction are no part of it.</summary>
    private static string Joined(string[] lines, ref int i, char escape)
    {
        var joined = new StringBuilder();
        while (true)
        {
            var line = lines[i].TrimEnd();
            if (!line.EndsWith(escape))
                return joined.Append(line).ToString();
            joined.Append(line.AsSpan()[..^1]);
            do
            {
                if (++i == lines.Length)
                    return joined.ToString();
            }
            while (IsSkipped(lines[i]));
        }
    }

    private static DockerfileInstruction Instruction(int line, string text)
    {
        var words = text.Trim().Split((char[]?)null, 2, StringSplitOptions.TrimEntries);
        return new DockerfileInstruction(line, words[0].ToUpperInvariant(), words.Length > 1 ? words[1] : "");
    }

    /// <summary>Their lines are a script's or a file's. One that never ends was none.</summary>
    private static void SkipHereDocuments(DockerfileInstruction instruction, LinesByText ends, ref int i)
    {
        if (instruction.Keyword is not ("RUN" or "COPY" or "ADD"))
            return;
        foreach (Match opening in HereDocument().Matches(instruction.Rest))
        {
            var end = ends.After(i, opening.Groups["end"].Value, tabsBefore: opening.Groups["tabs"].Length > 0);
            i = end < 0 ? i : end;
        }
    }

    private static char EscapeCharacter(string[] lines)
    {
        foreach (var line in lines)
        {
            if (Directive().Match(line) is not { Success: true } directive)
                return '\\';
            if (directive.Groups["name"].Value.Equals("escape", StringComparison.OrdinalIgnoreCase))
                return directive.Groups["value"].Value is "`" ? '`' : '\\';
        }
        return '\\';
    }

    [GeneratedRegex("""(^|\s)[0-9]*<<(?<tabs>-?)["']?(?<end>[^\s<"'-][^\s<"']*)["']?""", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex HereDocument();

    [GeneratedRegex(@"^#\s*(?<name>[A-Za-z]+)\s*=\s*(?<value>\S+)\s*$", RegexOptions.NonBacktracking)]
    private static partial Regex Directive();
}
