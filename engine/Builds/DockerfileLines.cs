using System.Text.RegularExpressions;
using GitOps.Triggers.Domain;

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
        var found = DockerfileText.Parse(dockerfile).Where(instruction => Normal(instruction.Keyword + instruction.Rest) == wanted).Take(2).ToList();
        return found.Count == 1 ? found[0].Line : null;
    }

    private static string Normal(string text) => WhiteSpace().Replace(text, "");

    [GeneratedRegex(@"\s+", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex WhiteSpace();
}
