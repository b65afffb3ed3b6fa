using System.Globalization;
using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Sources;

/// <summary>A Dockerfile, read once: in time that grows with its length and no faster, whatever stands in it.</summary>
internal sealed class Dockerfile
{
    private readonly Dictionary<string, List<int>> named = new(StringComparer.OrdinalIgnoreCase);

    private Dockerfile(IReadOnlyList<DockerfileInstruction> instructions)
    {
        (Instructions, Stages) = (instructions, DockerfileStage.Of(instructions));
        for (var i = 0; i < Stages.Count; i++)
        {
            if (Stages[i].Name is not { } name)
                continue;
            if (!named.TryGetValue(name, out var numbers))
                named[name] = numbers = [];
            numbers.Add(i);
        }
    }

    public IReadOnlyList<DockerfileInstruction> Instructions { get; }

    public IReadOnlyList<DockerfileStage> Stages { get; }

    public static Dockerfile Parse(string text) => new(DockerfileText.Parse(text));

    /// <returns>The number of the stage that becomes the image: the target, else the last; -1 when there is no such stage.</returns>
    public int Last(string? target) => target is null ? Stages.Count - 1 : Find(target, Stages.Count);

    /// <summary>By name, without regard to case, or by number, from 0; -1 when none of those above <paramref name="before"/> is it.</summary>
    public int Find(string stage, int before) => Math.Max(
        FindNamed(stage, before),
        int.TryParse(stage, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < before && stage == number.ToString(CultureInfo.InvariantCulture) ? number : -1);

    /// <summary>By name alone, as FROM takes them.</summary>
    public int FindNamed(string stage, int before)
    {
        if (!named.TryGetValue(stage, out var numbers))
            return -1;
        var next = numbers.BinarySearch(before);
        next = next < 0 ? ~next : next;
        return next > 0 ? numbers[next - 1] : -1;
    }
}
