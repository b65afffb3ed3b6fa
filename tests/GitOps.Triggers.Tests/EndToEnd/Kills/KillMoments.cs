using GitOps.Triggers.Storage;

namespace GitOps.Triggers.Tests.EndToEnd.Kills;

/// <summary>Every named moment in turn, each followed by one at random.</summary>
internal sealed class KillMoments(Random random, bool onCluster)
{
    /// <summary>How long an engine lives at most that is killed at random, in times of what its predecessor took to be ready.</summary>
    private const double Longest = 3;

    // How many of them there may be in the life of one engine here: later ones are not come to.
    private const int Commits = 24, Calls = 6, RegistryRequests = 10;

    /// <summary>The boundaries of a pass's stages.</summary>
    public static IReadOnlyList<string> Stages { get; } =
    [
        "pass-opened", "pass-planned", "build-added", "build-ended", "build-recorded", "deployment-applied", "deployment-recorded", "prune-applied", "pass-executed", "pass-concluded",
    ];

    private int turn;

    public static KillMoment At(string stage) => new(stage) { FailPoint = stage, Wants = stage.Split('-')[0] switch { "build" => KillChange.Image, "prune" => KillChange.Name, "deployment" => KillChange.Schedule, _ => KillChange.Anything } };

    public KillMoment Next()
    {
        turn++;
        if (turn % 2 == 0)
            return new KillMoment("at random") { AtRandom = Longest * random.NextDouble() };
        var all = Stages.Select(stage => (Func<KillMoment>)(() => At(stage)))
            .Concat([() => Commit(CommitFailPoints.Before), () => Commit(CommitFailPoints.After)])
            .Concat(from tool in onCluster ? ["git"] : new[] { "git", "podman" } from when in Toolbox.Moments select (Func<KillMoment>)(() => Call(tool, when)))
            .Concat(onCluster ? [() => Request("PATCH", false), () => Request("PATCH", true), () => Request("GET", false), () => Registry(false), () => Registry(true)] : [])
            .ToList();
        return all[turn / 2 % all.Count]();
    }

    private KillMoment Commit(string when) => new(when) { FailPoint = $"{when}:{random.Next(1, Commits)}" };

    private KillMoment Call(string tool, string when) => new($"{tool}, {when}")
    {
        Call = $"{tool} {when} {random.Next(1, Calls)}",
        Wants = tool == "podman" ? KillChange.Image : KillChange.Anything,
    };

    /// <summary>The engine's own requests, and those of podman when it pushes what was built.</summary>
    private KillMoment Registry(bool after)
    {
        var left = random.Next(1, RegistryRequests);
        return new($"registry, {(after ? "after" : "before")}") { RegistryRequest = () => Interlocked.Decrement(ref left) == 0, AfterRequest = after, Wants = KillChange.Image };
    }

    private KillMoment Request(string verb, bool after)
    {
        var left = random.Next(1, Calls);
        return new($"{verb}, {(after ? "after" : "before")}")
        {
            Request = request => request.Verb == verb && !request.IsWatch && Interlocked.Decrement(ref left) == 0,
            AfterRequest = after,
        };
    }
}
