namespace GitOps.Triggers.Sources;

/// <summary>
/// The patterns of a <c>.dockerignore</c>, by Docker's rules (<a href="https://docs.docker.com/build/concepts/context/#dockerignore-files"/>):
/// the last pattern that matches a path, or a folder above it, decides.
/// </summary>
internal sealed class DockerIgnore
{
    public static readonly DockerIgnore None = new([], new StepCount());

    private DockerIgnore(IReadOnlyList<DockerIgnorePattern> patterns, StepCount steps)
    {
        Steps = steps;
        HasExceptions = patterns.Any(pattern => pattern.IsException);
        Root = new IgnoreScope(patterns, new bool[patterns.Count]);
    }

    /// <summary>Without a <c>!</c> pattern nothing inside an excluded folder can come back.</summary>
    public bool HasExceptions { get; }

    public IgnoreScope Root { get; }

    public StepCount Steps { get; }

    /// <returns>The patterns, or the 1-based lines that are none and why.</returns>
    public static (DockerIgnore Ignore, IReadOnlyList<(int Line, string Message)> Wrong) Parse(string text)
    {
        var patterns = new List<DockerIgnorePattern>();
        var wrong = new List<(int, string)>();
        var steps = new StepCount();
        var lines = text.TrimStart('\uFEFF').Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            if (lines[i].StartsWith('#') || lines[i].Trim() is not { Length: > 0 } line)
                continue;
            if (patterns.Count == DockerIgnorePattern.Most)
            {
                wrong.Add((i + 1, $"there are more than {DockerIgnorePattern.Most} patterns"));
                break;
            }
            if (DockerIgnorePattern.TryParse(line, steps, out var pattern, out var reason))
                patterns.Add(pattern);
            else
                wrong.Add((i + 1, reason));
        }
        return (new DockerIgnore(patterns, steps), wrong);
    }
}
