namespace GitOps.Triggers.Runs;

/// <summary>What follows an attempt.</summary>
internal abstract record JobStep
{
    internal sealed record Succeed : JobStep;

    internal sealed record Fail(string Reason, string Message) : JobStep;

    internal sealed record Retry(DateTimeOffset At) : JobStep;
}
