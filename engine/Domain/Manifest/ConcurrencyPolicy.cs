namespace GitOps.Triggers.Domain;

/// <summary>What happens when a run is due while an earlier one still goes on, as in Kubernetes.</summary>
internal enum ConcurrencyPolicy
{
    Forbid,
    Allow,
    Replace,
}
