using GitOps.Triggers.Intake;

namespace GitOps.Triggers.Tests.Intake;

/// <summary>A pass that goes on until the test ends it.</summary>
internal sealed class StartedPass(WorkContext context)
{
    private readonly TaskCompletionSource<WorkResult> result = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public WorkContext Context => context;

    public Task<WorkResult> Result => result.Task;

    public void Complete() => result.SetResult(new WorkResult.Completed());

    public void End(WorkResult with) => result.SetResult(with);

    public void Fail(Exception failure) => result.SetException(failure);
}
