using System.Text;
using GitOps.Triggers.Domain;
using Xunit;

namespace GitOps.Triggers.Tests.Fuzzing;

/// <summary>What holds of every finding, whatever was read.</summary>
internal static class FindingRules
{
    public static void Check(IReadOnlyList<Finding> findings, string file, byte[] content)
    {
        if (findings.Count == 0)
            return;
        var lines = Encoding.UTF8.GetString(content).Split('\n');
        foreach (var finding in findings)
        {
            Assert.Equal(file, finding.File);
            Assert.InRange(finding.Message.Length, 1, 2_000);
            Assert.InRange(finding.Fix.Length, 1, 2_000);
            Assert.False(finding.ToString().Any(char.IsControl), $"A control character in: {finding}");
            if (finding.Line is { } line)
                Assert.True(IsInside(lines, line, finding.Column), $"{finding} is not inside the text, which has {lines.Length} lines");
        }
    }

    /// <summary>Just behind a line's last character is where something is missing.</summary>
    private static bool IsInside(string[] lines, int line, int? column) =>
        line >= 1 && line <= lines.Length && (column is null || (column >= 1 && column <= lines[line - 1].Length + 1));
}
