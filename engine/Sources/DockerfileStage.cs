namespace GitOps.Triggers.Sources;

/// <summary>A stage of a Dockerfile: where it begins, what it is built on, and the last USER it sets.</summary>
internal sealed record DockerfileStage(string? Name, DockerfileInstruction From, string Base, DockerfileInstruction? User)
{
    public static IReadOnlyList<DockerfileStage> Of(IReadOnlyList<DockerfileInstruction> instructions)
    {
        var stages = new List<DockerfileStage>();
        foreach (var instruction in instructions)
        {
            if (instruction.Keyword == "FROM")
                stages.Add(Begin(instruction));
            else if (instruction.Keyword == "USER" && stages.Count > 0)
                stages[^1] = stages[^1] with { User = instruction };
        }
        return stages;
    }

    private static DockerfileStage Begin(DockerfileInstruction from)
    {
        var words = from.Rest.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Where(word => !word.StartsWith("--", StringComparison.Ordinal)).ToList();
        var name = words.Count == 3 && words[1].Equals("AS", StringComparison.OrdinalIgnoreCase) ? words[2] : null;
        return new DockerfileStage(name, from, words.Count > 0 ? words[0] : "", User: null);
    }
}
