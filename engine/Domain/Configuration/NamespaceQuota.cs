namespace GitOps.Triggers.Domain;

/// <summary>What the runs of one repository may use at once in an environment's namespace; none: no limit.</summary>
internal sealed record NamespaceQuota(Quantity? Cpu, Quantity? Memory, int? Runs);
