namespace GitOps.Triggers.Domain;

/// <summary>What is reconciled: one repository in one environment. At most one pass at a time runs per key.</summary>
internal sealed record WorkKey(RepositoryId Repository, EnvironmentName Environment)
{
    public override string ToString() => $"{Repository}/{Environment}";
}
