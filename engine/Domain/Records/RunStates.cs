namespace GitOps.Triggers.Domain;

/// <summary>The states that are asked for together.</summary>
internal static class RunStates
{
    public static readonly RunState[] Unfinished = [RunState.Pending, RunState.Running];
    public static readonly RunState[] PassedOver = [RunState.Missed, RunState.Skipped, RunState.Suspended];
}
