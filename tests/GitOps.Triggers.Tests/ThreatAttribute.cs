using Xunit.v3;

namespace GitOps.Triggers.Tests;

/// <summary>
/// The rows of docs/security.md that a test is for: <c>./test.sh -trait threat=7</c> runs those of one row.
/// <c>SecurityDocSpecs</c> holds the two together.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ThreatAttribute(params int[] rows) : Attribute, ITraitAttribute
{
    public IReadOnlyList<int> Rows { get; } = rows;

    public IReadOnlyCollection<KeyValuePair<string, string>> GetTraits() =>
        [.. Rows.Select(row => KeyValuePair.Create("threat", row.ToString(System.Globalization.CultureInfo.InvariantCulture)))];
}
