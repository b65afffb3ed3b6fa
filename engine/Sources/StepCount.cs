namespace GitOps.Triggers.Sources;

/// <summary>How much work the patterns of one <c>.dockerignore</c> have been.</summary>
internal sealed class StepCount
{
    public long Value { get; private set; }

    public void Add(int steps) => Value += steps;
}
