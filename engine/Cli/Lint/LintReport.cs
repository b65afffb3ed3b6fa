using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Cli;

/// <param name="Files">How many were read.</param>
/// <param name="Findings">What is wrong with them; paths as they are seen from where the command was called.</param>
internal sealed record LintReport(int Files, IReadOnlyList<Finding> Findings)
{
    public int Errors => Findings.Count(finding => finding.Severity == Severity.Error);

    public int Warnings => Findings.Count - Errors;
}
