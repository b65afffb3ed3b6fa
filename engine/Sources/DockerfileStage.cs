using System.Globalization;
using System.Text.RegularExpressions;

namespace GitOps.Triggers.Sources;

/// <summary>A stage of a Dockerfile: where it begins, what it is built on, the last USER it sets, and what else it takes files from.</summary>
internal sealed partial record DockerfileStage(string? Name, DockerfileInstruction From, string Base, DockerfileInstruction? User)
{
    /// <summary>Stages, by name or number, and images: of <c>COPY --from</c> and <c>RUN --mount</c>, with the lines they stand on.</summary>
    public IReadOnlyList<(int Line, string Name)> Sources { get; init; } = [];

    public static IReadOnlyList<DockerfileStage> Of(IReadOnlyList<DockerfileInstruction> instructions)
    {
        var stages = new List<DockerfileStage>();
        foreach (var instruction in instructions)
        {
            if (instruction.Keyword == "FROM")
                stages.Add(Begin(instruction));
            else if (instruction.Keyword == "USER" && stages.Count > 0)
                stages[^1] = stages[^1] with { User = instruction };
            else if (stages.Count > 0 && instruction.Keyword is ("COPY" or "ADD" or "RUN"))
                stages[^1] = stages[^1] with { Sources = [.. stages[^1].Sources, .. SourcesOf(instruction)] };
        }
        return stages;
    }

    /// <returns>The number of the stage that becomes the image: the target, else the last; -1 when there is no such stage.</returns>
    public static int Last(IReadOnlyList<DockerfileStage> stages, string? target) => target is null ? stages.Count - 1 : Find(stages, target, stages.Count);

    /// <summary>By name, without regard to case, or by number, from 0; -1 when none of those above <paramref name="before"/> is it.</summary>
    public static int Find(IReadOnlyList<DockerfileStage> stages, string target, int before)
    {
        for (var i = before - 1; i >= 0; i--)
        {
            if (string.Equals(stages[i].Name, target, StringComparison.OrdinalIgnoreCase) || target == i.ToString(CultureInfo.InvariantCulture))
                return i;
        }
        return -1;
    }

    private static DockerfileStage Begin(DockerfileInstruction from)
    {
        var words = from.Rest.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Where(word => !word.StartsWith("--", StringComparison.Ordinal)).ToList();
        var name = words.Count == 3 && words[1].Equals("AS", StringComparison.OrdinalIgnoreCase) ? words[2] : null;
        return new DockerfileStage(name, from, words.Count > 0 ? words[0] : "", User: null);
    }

    private static IEnumerable<(int Line, string Name)> SourcesOf(DockerfileInstruction instruction) =>
        Source().Matches(Flags().Match(instruction.Rest).Value).Select(match => (instruction.Line, match.Groups["name"].Value));

    /// <summary>They stand before everything else; what looks like one later is a program's own.</summary>
    [GeneratedRegex(@"^(\s*--\S+)+", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Flags();

    [GeneratedRegex(@"--(from=|mount=(\S*,)?from=)(?<name>[^,\s]+)", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Source();
}
