using GitOps.Triggers.Domain;
using GitOps.Triggers.Intake;
using GitOps.Triggers.Registries;

namespace GitOps.Triggers.Pipeline;

/// <summary>The story of a push: read the branch, decide what it asks for, build or promote, deploy, and say what came of it.</summary>
internal sealed class Reconciler(PassOpening opening, BranchStage branch, PlanStage planning, ExecutionStage execution, Conclusion conclusion)
{
    public async Task<WorkResult> ReconcileAsync(WorkContext work, CancellationToken ct)
    {
        if (opening.Open(work) is not { } pass)
            return new WorkResult.Completed();

        FailPoint.Reach("pass-opened");
        try
        {
            var outcome = await branch.ReadAsync(pass, ct)
                .Then(reading => planning.PlanAsync(pass, reading, ct))
                .Then(plan => execution.ExecuteAsync(pass, plan, ct));
            FailPoint.Reach("pass-executed");
            return await conclusion.ConcludeAsync(pass, outcome, ct);
        }
        catch (RegistryException outage)
        {
            // Where nobody knows whether an image is there, nothing is built again and nothing held: it is asked again.
            return await conclusion.ConcludeAsync(pass, new StageResult<PassOutcomes>.Retry(outage.RetryAfter, outage.Message), ct);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            return await conclusion.FailAsync(pass, failure, ct);
        }
    }
}
