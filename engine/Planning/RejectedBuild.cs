using System.Globalization;
using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Planning;

/// <summary>What is said of a build that failed by its own fault: when it ends, and in each pass that does not repeat it.</summary>
internal static class RejectedBuild
{
    public static IReadOnlyList<Finding> Explain(BuildRecord build)
    {
        var id = build.Id.ToString(CultureInfo.InvariantCulture);
        return [.. build.Findings.Select(finding => finding with
        {
            Message = $"build {id} failed: {finding.Message}",
            Fix = $"{finding.Fix} Read its log with `gitops-triggers logs --build {id}`. It is built again when what it is built from changes; where the fault was outside the repository, `gitops-triggers sync` tries again.",
        })];
    }
}
