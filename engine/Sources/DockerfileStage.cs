using System.Text.RegularExpressions;
using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Sources;

/// <summary>A stage of a Dockerfile: where it begins, what it is built on, the last USER it sets, and what else it takes files from.</summary>
internal sealed partial record DockerfileStage(string? Name, DockerfileInstruction From, string Base, DockerfileInstruction? User)
{
    /// <summary>Stages, by name or number, and images: of <c>COPY --from</c> and <c>RUN --mount</c>, with the lines they stand on.</summary>
    public IReadOnlyList<(int Line, string Name)> Sources { get; init; } = [];

    public static IReadOnlyList<DockerfileStage> Of(IReadOnlyList<DockerfileInstruction> instructions)
    {
        var stages = new List<DockerfileStage>();
        var sources = new List<(int Line, string Name)>();
        foreach (var instruction in instructions)
        {
            if (instruction.Keyword == "FROM")
                stages.Add(Begin(instruction) with { Sources = sources = [] });
            else if (instruction.Keyword == "USER" && stages.Count > 0)
                stages[^1] = stages[^1] with { User = instruction };
            else if (stages.Count > 0 && instruction.Keyword is ("COPY" or "ADD" or "RUN"))
                sources.AddRange(SourcesOf(instruction));
        }
        return stages;
    }

    private static DockerfileStage Begin(DockerfileInstruction from)
    {
        var words = from.Rest.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Where(word => !word.StartsWith("--", StringComparison.Ordinal)).ToList();
        var name = words.Count == 3 && words[1].Equals("AS", StringComparison.OrdinalIgnoreCase) ? words[2] : null;
        return new DockerfileStage(name, from, words.Count > 0 ? words[0] : "", User: null);
    }

    private static IEnumerable<(int Line, string Name)> SourcesOf(DockerfileInstruction instruction) =>
        Flags().Match(instruction.Rest).Value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
            .Select(SourceOf).OfType<string>().Select(name => (instruction.Line, name));

    /// <returns>None when the flag names none.</returns>
    private static string? SourceOf(string flag)
    {
        const string From = "from=", Copy = "--from=", Mount = "--mount=";
        var source = flag.StartsWith(Copy, StringComparison.Ordinal) ? flag[Copy.Length..].Split(',')[0]
            : flag.StartsWith(Mount, StringComparison.Ordinal) ? flag[Mount.Length..].Split(',').LastOrDefault(part => part.StartsWith(From, StringComparison.Ordinal))?[From.Length..]
            : null;
        return source is { Length: > 0 } ? source : null;
    }

    /// <summary>They stand before everything else; what looks like one later is a program's own.</summary>
    [GeneratedRegex(@"^(\s*--\S+)+", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Flags();
}
