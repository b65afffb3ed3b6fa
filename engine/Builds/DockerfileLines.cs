using System.Text.RegularExpressions;

namespace GitOps.Triggers.Builds;

/// <summary>Finds an instruction in a Dockerfile by its text, as the builders print it: in one line, with other white space.</summary>
internal static partial class DockerfileLines
{
    private const int LongestDockerfile = 1 << 20;

    /// <summary>The Dockerfile's text; empty when it is too long to be worth looking through.</summary>
    public static string Read(string path) => LeftFile.HasContent(path) && new FileInfo(path).Length <= LongestDockerfile ? File.ReadAllText(path) : "";

    /// <summary>The line on which the instruction begins, from 1; none when it stands nowhere, or more than once so that nobody can tell which it is.</summary>
    public static int? Find(string dockerfile, string step)
    {
        var wanted = Normal(step);
        var found = Instructions(dockerfile).Where(instruction => Normal(instruction.Text) == wanted).Take(2).ToList();
        return found.Count == 1 ? found[0].Line : null;
    }

    private static IEnumerable<(int Line, string Text)> Instructions(string dockerfile)
    {
        var (first, text) = (0, "");
        foreach (var (line, number) in dockerfile.Split('\n').Select((line, index) => (line.Trim(), index + 1)))
        {
            // Comments and empty lines may stand between the lines of one instruction.
            if (line.Length == 0 || line[0] == '#')
                continue;
            first = text.Length == 0 ? number : first;
            var goesOn = line[^1] == '\\';
            text += goesOn ? line[..^1] + " " : line;
            if (goesOn)
                continue;
            yield return (first, text);
            text = "";
        }
    }

    private static string Normal(string text) => WhiteSpace().Replace(text, "");

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant)]
    private static partial Regex WhiteSpace();
}
