using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Sources;

/// <summary>
/// Finds the image that a build takes from this machine's store. Podman files what never came from a registry under <c>localhost/</c>, so that
/// a name which begins so can be had nowhere else. Only the stages that the target needs are looked at, as only those are built.
/// </summary>
internal static class LocalBases
{
    private const string Store = "localhost/";

    public static LocalBase? Find(BuildSpec spec, Dockerfile dockerfile)
    {
        var stages = dockerfile.Stages;
        var arguments = new DockerfileArguments(dockerfile.Instructions, spec.Args);
        var found = new List<LocalBase>();
        var needed = new SortedSet<int> { dockerfile.Last(spec.Target) };
        // A stage can only use those above it, so that the highest number left is never asked for again.
        while (needed.Max is var stage and >= 0 && needed.Remove(stage))
        {
            var from = (stages[stage].From.Line, Name: arguments.Fill(stages[stage].Base));
            foreach (var (line, name) in stages[stage].Sources.Prepend(from))
            {
                if (name.StartsWith(Store, StringComparison.OrdinalIgnoreCase))
                    found.Add(new LocalBase(line, name));
                else if (dockerfile.Find(name, stage) is var used and >= 0)
                    needed.Add(used);
            }
        }
        return found.MinBy(image => image.Line);
    }
}
