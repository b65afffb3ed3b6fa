using GitOps.Triggers.Domain;
using GitOps.Triggers.Manifests;

namespace GitOps.Triggers.Pipeline;

/// <summary>Sorts a branch's findings: those that refuse one trigger, and the rest.</summary>
internal sealed class Refusals
{
    private readonly Dictionary<TriggerName, IReadOnlyList<Finding>> byTrigger;

    public Refusals(IReadOnlyList<Finding> unreadable, ManifestSet manifests)
    {
        var refused = manifests.RefusedFiles;
        byTrigger = manifests.Findings.Where(finding => refused.ContainsKey(finding.File))
            .GroupBy(finding => refused[finding.File])
            .ToDictionary(group => group.Key, group => (IReadOnlyList<Finding>)[.. group]);
        OfNobody = [.. unreadable, .. manifests.Findings.Where(finding => !refused.ContainsKey(finding.File))];
    }

    public IReadOnlyDictionary<TriggerName, IReadOnlyList<Finding>> ByTrigger => byTrigger;

    /// <summary>Findings about files that name no trigger, and warnings of those that can be used.</summary>
    public IReadOnlyList<Finding> OfNobody { get; }

    public void Add(TriggerName trigger, IReadOnlyList<Finding> findings) => byTrigger[trigger] = findings;
}
