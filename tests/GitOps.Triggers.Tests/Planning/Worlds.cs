using CsCheck;
using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Tests.Planning;

/// <summary>Small worlds at random: few triggers, few inputs and few settings, so that they meet.</summary>
internal static class Worlds
{
    private static readonly string[] Names = ["one", "two", "three"];

    private static readonly Gen<string> Release = Gen.Select(Gen.Char['1', '3'], Gen.Char['a', 'b'], (inputs, settings) => $"{inputs}{settings}");

    private static readonly Gen<IReadOnlyList<TriggerCandidate>> CandidateLists = PerName(name => Release.Select(release => Given.Candidate(release, name)).List[0, 1]);

    private static readonly Gen<IReadOnlyList<DeploymentRecord>> Histories = PerName(name =>
        Gen.Select(Release, Gen.Bool, (release, pruned) => pruned ? release + "!" : release).List[0, 3]
            .Select(releases => Given.History(Given.Prod, string.Join(' ', releases), name).ToList()));

    private static readonly Gen<IReadOnlyList<UpstreamEvidence>> EvidenceLists = PerName(name =>
        Gen.Select(Gen.Char['1', '3'], Gen.Char['1', '5'], Gen.Int[0, 3], Gen.Int[0, 3000], (inputs, image, runs, minutes) => Given.Evidence(inputs, name) with
        {
            Image = Given.Image(image),
            SuccessfulRuns = runs,
            FirstDeployedAt = Given.Now.AddMinutes(-minutes),
        }).List[0, 3].Select(list => list.DistinctBy(evidence => (evidence.Hash, evidence.Image)).ToList()));

    private static readonly Gen<IReadOnlyList<FreezeWindow>> Freezes = Gen.Select(Gen.Int[0, 23], Gen.Int[1, 30], Gen.OneOf(Gen.Const("*"), Gen.Const("WED"), Gen.Const("THU")),
        (hour, length, day) => Given.Freeze($"0 {hour} * * {day}", $"{length}h")).List[0, 2].Select(list => (IReadOnlyList<FreezeWindow>)list);

    private static readonly Gen<Gates> AnyGates = Gen.Select(Gen.Int[0, 2], Gen.Int[0, 2000], Freezes,
        (runs, bake, freeze) => new Gates { SuccessfulRuns = runs, Bake = TimeSpan.FromMinutes(bake), Freeze = freeze });

    private static readonly Gen<PlanningInput> Base = Gen.Select(
        CandidateLists, Histories, Gen.Select(Gen.Char['1', '3'].List[0, 3], Gen.Char['1', '3'].List[0, 1]), AnyGates, Gen.Bool, Gen.Bool,
        (candidates, history, builds, gates, complete, otherTriggers) => Given.Nothing(Given.Dev) with
        {
            Environment = Given.Dev with { Gates = gates },
            Candidates = candidates,
            Declared = candidates.Select(candidate => candidate.Name).Concat(otherTriggers ? [TriggerName.Parse("elsewhere")] : []).ToHashSet(),
            Commit = candidates.Count == 0 && !otherTriggers && complete ? null : CommitSha.Parse(new string('c', 40)),
            Complete = complete,
            History = history,
            Builds = Given.BuiltEarlier(string.Join(' ', builds.Item1)),
            Rejected = Given.Refused(string.Join(' ', builds.Item2)),
        });

    public static Gen<PlanningInput> Promotion { get; } = Gen.Select(Base, EvidenceLists, CandidateLists, Gen.Bool, (input, evidence, head, build) => input with
    {
        Environment = Given.Prod with { Gates = input.Environment.Gates, Untested = build ? UntestedPolicy.Build : UntestedPolicy.Reject },
        Upstream = new UpstreamView { Environment = Given.Dev, Evidence = evidence, Head = head },
    });

    public static Gen<PlanningInput> Any { get; } = Gen.OneOf(Base, Promotion);

    private static Gen<IReadOnlyList<T>> PerName<T>(Func<string, Gen<List<T>>> generate) =>
        Gen.Select(generate(Names[0]), generate(Names[1]), generate(Names[2]), (one, two, three) => (IReadOnlyList<T>)[.. one, .. two, .. three]);
}
