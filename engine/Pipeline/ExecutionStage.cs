using GitOps.Triggers.Domain;
using GitOps.Triggers.Planning;
using GitOps.Triggers.Storage;

namespace GitOps.Triggers.Pipeline;

/// <summary>Carries out a plan, trigger by trigger. One that fails leaves the others alone.</summary>
internal sealed partial class ExecutionStage(SharedBuilds builds, DeployStage deployments, StatusStore statuses, TimeProvider time, ILogger<ExecutionStage> logger)
{
    public async Task<StageResult<PassOutcomes>> ExecuteAsync(Pass pass, PlannedPass planned, CancellationToken ct)
    {
        var deployed = new List<DeployOutcome>();
        FailPoint.Reach("pass-planned");
        // What needs no build goes first: nobody waits for another trigger's build.
        foreach (var item in planned.Plan.Items.Where(item => item is not PlanItem.Build))
            deployed.Add(await DeployAsync(pass, planned.Reading, item, ct));

        var building = planned.Plan.Items.OfType<PlanItem.Build>().GroupBy(item => item.Candidate.Inputs.Hash).ToList();
        if (building.Count > 0)
        {
            await using var watch = pass.Supersession.Watch(planned.Reading.Commit!, ct);
            // Builds have places of their own: a pass that waits for one keeps none from another.
            using var aside = pass.Work.StepAside();
            foreach (var group in await Task.WhenAll(building.Select(items => BuildAsync(pass, planned, [.. items], watch.Superseded, ct))))
                deployed.AddRange(group);
            if (watch.Superseded.IsCancellationRequested)
                return new StageResult<PassOutcomes>.Skipped("a newer commit has been pushed; its pass follows");
        }
        return new StageResult<PassOutcomes>.Done(new PassOutcomes
        {
            Reading = planned.Reading,
            Statuses = Statuses(pass, planned.Reading, deployed),
            Changed = deployed.Any(one => one.Changed),
            Retrying = deployed.Where(one => one.Status?.State == TriggerState.Retrying).MaxBy(one => one.RetryAfter ?? TimeSpan.Zero),
        });
    }

    /// <summary>What runs of a trigger whose manifest is refused is kept free of drift, but its status is the refusal.</summary>
    private IReadOnlyList<TriggerStatus> Statuses(Pass pass, BranchReading reading, IReadOnlyList<DeployOutcome> deployed)
    {
        var refused = reading.Refused.Select(one => pass.Status(reading.CommitOf(null), one.Key, TriggerState.Rejected, (one.Value.FirstOrDefault(finding => finding.Severity == Severity.Error) ?? one.Value[0]).Message, time.GetUtcNow()) with { Findings = one.Value });
        return [.. deployed.Select(one => one.Status).OfType<TriggerStatus>().Where(status => !reading.Refused.ContainsKey(status.Trigger)).Concat(refused).OrderBy(status => status.Trigger)];
    }

    /// <summary>Builds once for all triggers with these inputs, then deploys each of them.</summary>
    private async Task<IReadOnlyList<DeployOutcome>> BuildAsync(Pass pass, PlannedPass planned, IReadOnlyList<PlanItem.Build> items, CancellationToken superseded, CancellationToken ct)
    {
        var reading = planned.Reading;
        foreach (var item in items)
            await statuses.SetAsync(Status(pass, reading, item, TriggerState.Building, "building its image"), ct);
        var result = await builds.BuildAsync(pass, items[0].Candidate, superseded, ct);
        var outcomes = new List<DeployOutcome>();
        foreach (var item in items)
        {
            outcomes.Add(result switch
            {
                StageResult<BuildRecord>.Done { Value: var build } => await DeployAsync(
                    pass, reading, Planner.Admit(planned.Input with { Now = time.GetUtcNow() }, new PlanItem.Deploy(item.Candidate, build.Image!, KindOf(build, pass), build.Id)), ct),
                StageResult<BuildRecord>.Rejected { Findings: var findings } => new DeployOutcome(
                    Status(pass, reading, item, TriggerState.Rejected, findings[0].Message) with { Findings = findings }, false),
                StageResult<BuildRecord>.Retry(var after, var reason) => new DeployOutcome(Status(pass, reading, item, TriggerState.Retrying, reason), false, after),
                StageResult<BuildRecord>.Skipped => new DeployOutcome(null, false),
                var unknown => throw new InvalidOperationException($"No such outcome of a build: {unknown.GetType().Name}"),
            });
        }
        return outcomes;
    }

    private static DeploymentKind KindOf(BuildRecord build, Pass pass) =>
        build.Environment == pass.Environment.Name ? DeploymentKind.Built : DeploymentKind.Reused;

    /// <summary>A target that cannot be reached leaves this trigger to be tried again, and no other one.</summary>
    private async Task<DeployOutcome> DeployAsync(Pass pass, BranchReading reading, PlanItem item, CancellationToken ct)
    {
        try
        {
            return await deployments.ExecuteAsync(pass, reading, item, ct);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            NotDeployed(pass.Repository.Name, pass.Environment.Name.Value, item.Trigger.Value, failure);
            return new DeployOutcome(Status(pass, reading, item, TriggerState.Retrying, $"could not be deployed: {Shown.Text(failure.Message)}"), false);
        }
    }

    private TriggerStatus Status(Pass pass, BranchReading reading, PlanItem item, TriggerState state, string message) => pass.Status(reading.CommitOf(item), item.Trigger, state, message, time.GetUtcNow());

    [LoggerMessage(1, LogLevel.Warning, "{Repository} in {Environment}: {Trigger} could not be deployed; it is tried again.")]
    private partial void NotDeployed(string repository, string environment, string trigger, Exception failure);
}
