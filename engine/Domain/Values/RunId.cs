using System.Diagnostics.CodeAnalysis;

namespace GitOps.Triggers.Domain;

/// <summary>
/// A run's identity, a DNS label of at most 63 characters: the CronJob's name and the scheduled time in minutes since 1970
/// (as the Kubernetes controller names its Jobs), or <c>-now-</c> and random letters for a run on demand.
/// </summary>
internal sealed record RunId
{
    private RunId(string value) => Value = value;

    public string Value { get; }

    public static bool TryParse(string? text, [NotNullWhen(true)] out RunId? id)
    {
        id = DnsLabel.IsValid(text, 63) ? new RunId(text!) : null;
        return id is not null;
    }

    /// <exception cref="FormatException">The text is not a run id.</exception>
    public static RunId Parse(string text) => TryParse(text, out var id)
        ? id
        : throw new FormatException($"'{Shown.Text(text)}' is not a run id.");

    public override string ToString() => Value;
}
