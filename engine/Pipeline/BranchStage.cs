using GitOps.Triggers.Domain;
using GitOps.Triggers.Manifests;
using GitOps.Triggers.Sources;

namespace GitOps.Triggers.Pipeline;

/// <summary>Reads what the environment's branch asks for, from git as it is now: its head, its manifests, and the inputs of their builds.</summary>
internal sealed class BranchStage(GitMirrors mirrors, SnapshotReader snapshots, BuildInputsReader inputs, EngineConfiguration configuration)
{
    public Task<StageResult<BranchReading>> ReadAsync(Pass pass, CancellationToken ct) =>
        mirrors.HeadAsync(pass.Repository, pass.Environment.Branch, pass.Work.Asked, ct).Then(head => head.Commit is { } commit
            ? snapshots.ReadAsync(pass.Repository, commit, ct).Then(snapshot => ReadAsync(pass, snapshot, ct))
            : Task.FromResult<StageResult<BranchReading>>(new StageResult<BranchReading>.Done(BranchReading.Missing)));

    private async Task<StageResult<BranchReading>> ReadAsync(Pass pass, SourceSnapshot snapshot, CancellationToken ct)
    {
        var manifests = ManifestSet.Read(snapshot.Manifests, new ManifestContext
        {
            Repository = pass.Repository.Id,
            RepositoryName = pass.Repository.Name,
            KnownEnvironments = [.. configuration.Environments.Select(environment => environment.Name)],
            Limits = configuration.Limits,
        });
        var refusals = new Refusals(snapshot.Findings, manifests);
        var candidates = new List<TriggerCandidate>();
        foreach (var manifest in manifests.Manifests.Where(manifest => manifest.Environments.ContainsKey(pass.Environment.Name)))
        {
            switch (await inputs.ReadAsync(pass.Repository, snapshot.Commit, manifest, ct))
            {
                case StageResult<BuildInputs>.Done(var read):
                    candidates.Add(new TriggerCandidate(manifest, read));
                    break;
                case StageResult<BuildInputs>.Rejected(var findings):
                    refusals.Add(manifest.Name, findings);
                    break;
                case StageResult<BuildInputs>.Retry(var after, var reason):
                    return new StageResult<BranchReading>.Retry(after, reason);
                case var unknown:
                    throw new InvalidOperationException($"No such outcome of reading a build's inputs: {unknown.GetType().Name}");
            }
        }
        return new StageResult<BranchReading>.Done(new BranchReading
        {
            Commit = snapshot.Commit,
            Candidates = candidates,
            Declared = manifests.Manifests.Select(manifest => manifest.Name).ToHashSet(),
            Complete = manifests.Complete && snapshot.Findings.Count == 0 && refusals.ByTrigger.Count == 0,
            Refused = refusals.ByTrigger,
            Findings = refusals.OfNobody,
        });
    }
}
